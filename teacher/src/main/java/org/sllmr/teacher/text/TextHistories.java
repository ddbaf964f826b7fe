// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.text;

import java.util.Objects;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;

/**
 * The training interactions that the texts of a plan may be made from: those of the subject's user before the subject's
 * position.
 *
 * <p>Only {@link TextPlan#histories} creates them, from training data, and all code that asks for texts takes them instead
 * of a log. So a text can be made of no validation or test interaction, and of none that the text's readers are to predict.
 */
public final class TextHistories {
    private final TextPlan plan;
    private final InteractionLog log;

    TextHistories(TextPlan plan, TrainingData data) {
        this.plan = plan;
        this.log = data.log();
        TextSubjects subjects = plan.subjects();
        for (int subject = 0; subject < subjects.size(); subject++) {
            int user = subjects.users()[subject];
            if (user >= log.users()
                    || subjects.items()[subject] >= data.catalogue().size()
                    || subjects.positions()[subject] > (user < 0 ? 0 : log.length(user))) {
                throw new IllegalArgumentException(
                        "subject " + subject + " of the plan is not in dataset '" + data.name() + "'");
            }
        }
    }

    /** The plan of these texts. */
    public TextPlan plan() {
        return plan;
    }

    /** Number of interactions that a text may be made from. */
    public int length(int subject) {
        return plan.subjects().positions()[subject];
    }

    /** The items at positions {@code [from, length(subject))}, oldest first. */
    public int[] items(int subject, int from) {
        Objects.checkFromToIndex(from, length(subject), length(subject));
        int[] items = new int[length(subject) - from];
        if (items.length > 0) {
            log.copyItems(plan.subjects().users()[subject], from, length(subject), items, 0);
        }
        return items;
    }
}
