// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/** Checks that a teacher table can guide training on a dataset. */
final class TeacherCheck {
    private static final String PLACE = "teacher scores";

    private TeacherCheck() {}

    /** Requires a table of this dataset with at least one score. */
    static TeacherTable forRows(TrainingData data, @Nullable TeacherTable teacher) {
        if (teacher == null) {
            throw new InvalidInputException(
                    PLACE,
                    "are missing, but the guidance needs them; score the dataset first, or train with guidance 'none'");
        }
        List<Problem> problems = new ArrayList<>();
        if (teacher.users() != data.log().users()) {
            problems.add(new Problem(
                    PLACE,
                    "are of " + teacher.users() + " users, but dataset '" + data.name() + "' has "
                            + data.log().users() + "; score this dataset"));
        }
        int largest = largestItem(teacher);
        if (largest >= data.catalogue().size()) {
            problems.add(new Problem(
                    PLACE,
                    "contain item index " + largest + ", but dataset '" + data.name() + "' has "
                            + data.catalogue().size() + " items; score this dataset"));
        }
        if (teacher.size() == 0) {
            problems.add(new Problem(PLACE, "are empty"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return teacher;
    }

    /** Also requires at least one user with two different scores who is not held out. */
    static TeacherTable forPairs(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable table = forRows(data, teacher);
        boolean[] heldOut = table.heldOut();
        for (int user = 0; user < table.users(); user++) {
            for (int index = table.from(user) + 1; !heldOut[user] && index < table.to(user); index++) {
                if (table.scores()[index] != table.scores()[index - 1]) {
                    return table;
                }
            }
        }
        throw new InvalidInputException(
                PLACE,
                "have no user with two different scores, so no pair can be formed; score at least two items of each"
                        + " user who is not held out");
    }

    private static int largestItem(TeacherTable teacher) {
        int largest = -1;
        for (int item : teacher.items()) {
            largest = Math.max(largest, item);
        }
        return largest;
    }
}
