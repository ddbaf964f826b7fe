// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.Optional;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * A file of scores and what stands where in it.
 *
 * @param file the file, one row a score
 * @param user column of the user ids
 * @param item column of the item ids
 * @param score column of the scores, in [0, 1]; a row without one has no score
 * @param teacher name of who gave the scores, for results
 * @param skipUnknown whether rows of users or items that the dataset does not have are left out
 * @param plan the plan that was asked, which says who is held out; empty if nobody is
 */
public record ImportSettings(
        TableFile file,
        String user,
        String item,
        String score,
        String teacher,
        boolean skipUnknown,
        Optional<CandidatePlan> plan) {}
