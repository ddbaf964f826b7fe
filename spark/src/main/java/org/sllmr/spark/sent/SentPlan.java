// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.sent;

import java.io.Serializable;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * The candidates of some users, as they are sent to a task or come back; see {@link CandidatePlan}.
 *
 * @param first index of the first user in the dataset
 * @param offsets see {@link CandidatePlan}
 * @param items see {@link CandidatePlan}
 * @param sources see {@link CandidatePlan}
 */
public record SentPlan(int first, int[] offsets, int[] items, byte[] sources) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The candidates of a slice of the users. */
    public static SentPlan of(int first, CandidatePlan plan) {
        return new SentPlan(first, plan.offsets(), plan.items(), plan.sources());
    }

    /** The plan of these users alone. */
    public CandidatePlan open(CandidatePlan.Origin origin) {
        return new CandidatePlan(origin, offsets, items, sources);
    }
}
