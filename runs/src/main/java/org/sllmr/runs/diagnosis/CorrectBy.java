// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

/** Which of teacher and model without guidance scores a pair's positive above its negative. */
public enum CorrectBy {
    /** Pairs that the run could learn from the teacher. */
    TEACHER_ALONE("teacher alone"),
    /** Pairs in which the teacher could mislead the run. */
    MODEL_ALONE("model alone"),
    /** Both are right. */
    BOTH("both"),
    /** Neither is right. */
    NEITHER("neither");

    private final String words;

    CorrectBy(String words) {
        this.words = words;
    }

    /** In words, for tables. */
    public String words() {
        return words;
    }

    static CorrectBy of(boolean teacher, boolean model) {
        if (teacher) {
            return model ? BOTH : TEACHER_ALONE;
        }
        return model ? MODEL_ALONE : NEITHER;
    }

    /** Whether the model without guidance is right. */
    boolean model() {
        return this == MODEL_ALONE || this == BOTH;
    }
}
