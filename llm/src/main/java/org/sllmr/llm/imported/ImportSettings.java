// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.List;
import java.util.Optional;
import org.sllmr.preparation.read.RowCondition;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * A file of scores and its columns.
 *
 * @param file the file, one row per score
 * @param user column of the user ids
 * @param item column of the item ids
 * @param value column of the scores or ranks; may be empty where the teacher gave none
 * @param form what the values are
 * @param where conditions that rows must fulfil, all of them; others are passed over
 * @param teacher name of the teacher in results
 * @param skipUnknown whether rows with users or items that the dataset does not have are skipped
 * @param skipTaken whether rows with items that the user took in training are skipped
 * @param calibrationOnly whether only rows of users of the calibration part are taken, so that nothing about tested
 *     users is known
 * @param plan the plan of the scores, which defines the held-out users; empty if there are none
 */
public record ImportSettings(
        TableFile file,
        String user,
        String item,
        String value,
        ImportForm form,
        List<RowCondition> where,
        String teacher,
        boolean skipUnknown,
        boolean skipTaken,
        boolean calibrationOnly,
        Optional<CandidatePlan> plan) {
    /** Copies the list. */
    public ImportSettings {
        where = List.copyOf(where);
    }

    /** All rows of a file of scores. */
    public ImportSettings(
            TableFile file,
            String user,
            String item,
            String score,
            String teacher,
            boolean skipUnknown,
            Optional<CandidatePlan> plan) {
        this(file, user, item, score, ImportForm.SCORES, List.of(), teacher, skipUnknown, false, false, plan);
    }
}
