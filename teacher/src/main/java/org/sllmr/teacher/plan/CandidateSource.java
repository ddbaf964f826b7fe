// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

/** Why a teacher is asked about an item for a user; an item from several sources has the first of them. */
public enum CandidateSource {
    /** Among the items of the catalogue that are most similar in meaning to the user's history. */
    NEAREST(0),
    /** A long-tail item, for a sampled user (Section 3.1, second synthetic set). */
    LONG_TAIL(1),
    /** An item of a diverse sample for a cold-start user (Section 3.1, first synthetic set). */
    COLD_START(2),
    /** A sample of the most popular items (Section 3.1). */
    POPULAR(3),
    /** A uniform sample of all items. */
    RANDOM(4),
    /** An item of a validation sample, to evaluate a teacher; never used in training. */
    VALIDATION(5),
    /**
     * The last training interaction of a held-out user: the teacher does not see it, so its answer can be compared with
     * the fact.
     */
    HELD_OUT(6),
    /**
     * What a held-out interaction is compared with: a uniform sample of all items, or where rows have labels, the
     * negatives nearest to it.
     */
    COMPARED(7);

    private final byte code;

    CandidateSource(int code) {
        this.code = (byte) code;
    }

    /** The source's number in plans and their files; must never change. */
    public byte code() {
        return code;
    }

    /** The source of a code. */
    public static CandidateSource of(byte code) {
        for (CandidateSource source : values()) {
            if (source.code == code) {
                return source;
            }
        }
        throw new IllegalArgumentException("no candidate source has the code " + code);
    }
}
