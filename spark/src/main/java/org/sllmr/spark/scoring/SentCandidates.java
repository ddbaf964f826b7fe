// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.io.Serializable;
import org.sllmr.spark.sent.SentLog;
import org.sllmr.spark.sent.SentPlan;

/**
 * Users to score.
 *
 * @param plan their candidates
 * @param log their training interactions
 */
record SentCandidates(SentPlan plan, SentLog log) implements Serializable {
    private static final long serialVersionUID = 1L;
}
