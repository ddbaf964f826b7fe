// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

/** Why a teacher is asked about an item for a user; an item that comes from several sources keeps the first. */
public enum CandidateSource {
    /** Nearest in meaning to the user's history, over the whole catalogue. */
    NEAREST,
    /** A long-tail item with a sampled user (Section 3.1, second synthetic set). */
    LONG_TAIL,
    /** An item of a diverse sample for a cold-start user (Section 3.1, first synthetic set). */
    COLD_START,
    /** A sample of the most popular items (Section 3.1). */
    POPULAR,
    /** A uniform sample of all items. */
    RANDOM
}
