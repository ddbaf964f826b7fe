// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

/** Why a teacher is asked about an item for a user; an item that comes from several sources keeps the first. */
public enum CandidateSource {
    /** Nearest in meaning to the user's history, over the whole catalogue. */
    NEAREST(0),
    /** A long-tail item with a sampled user (Section 3.1, second synthetic set). */
    LONG_TAIL(1),
    /** An item of a diverse sample for a cold-start user (Section 3.1, first synthetic set). */
    COLD_START(2),
    /** A sample of the most popular items (Section 3.1). */
    POPULAR(3),
    /** A uniform sample of all items. */
    RANDOM(4),
    /** An item of a validation sample, asked about to judge a teacher and never to be trained with. */
    VALIDATION(5),
    /**
     * The last training interaction of a user who is held out: the teacher is asked as if it had not happened yet, so
     * that its answer can be held against the truth.
     */
    HELD_OUT(6),
    /** A uniform sample of all items, which a held-out interaction is compared with. */
    COMPARED(7);

    private final byte code;

    CandidateSource(int code) {
        this.code = (byte) code;
    }

    /** What stands for the source in a plan, also in files: never to be changed. */
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
