// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.Optional;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * A file of scores and its columns.
 *
 * @param file the file, one row per score
 * @param user column of the user ids
 * @param item column of the item ids
 * @param score column of the scores, in [0, 1]; may be empty
 * @param teacher name of the teacher in results
 * @param skipUnknown whether rows with users or items that the dataset does not have are skipped
 * @param plan the plan of the scores, which defines the held-out users; empty if there are none
 */
public record ImportSettings(
        TableFile file,
        String user,
        String item,
        String score,
        String teacher,
        boolean skipUnknown,
        Optional<CandidatePlan> plan) {}
