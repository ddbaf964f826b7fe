// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

/** Who scores the positive of a pair above its negative: the teacher, the model trained without it, both or neither. */
public enum Right {
    /** What the teacher could teach. */
    TEACHER_ALONE("teacher alone"),
    /** What the teacher could spoil. */
    MODEL_ALONE("model alone"),
    /** What both know. */
    BOTH("both"),
    /** What neither knows. */
    NEITHER("neither");

    private final String words;

    Right(String words) {
        this.words = words;
    }

    /** In words, for tables. */
    public String words() {
        return words;
    }

    static Right of(boolean teacher, boolean model) {
        if (teacher) {
            return model ? BOTH : TEACHER_ALONE;
        }
        return model ? MODEL_ALONE : NEITHER;
    }

    /** Whether the model trained without the teacher is right. */
    boolean model() {
        return this == MODEL_ALONE || this == BOTH;
    }
}
