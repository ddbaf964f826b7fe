// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.Serializable;
import org.sllmr.spark.sent.SentLog;
import org.sllmr.spark.sent.SentPlan;

/**
 * Users to ask about, whose answers are in one folder of the store.
 *
 * @param plan their candidates
 * @param log their training interactions, with times
 */
record SentPart(SentPlan plan, SentLog log) implements Serializable {
    private static final long serialVersionUID = 1L;
}
