// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;

/**
 * Size, polling and price of batches.
 *
 * @param maxRequests maximum number of questions in a batch, 1 to the provider's limit of 50,000
 * @param maxMegabytes maximum size of a batch's file, 1 to the provider's limit of 200; a larger question forms its own
 *     batch
 * @param pollSeconds time between two polls of the provider, 0.01 to 3600
 * @param fileWaitMinutes maximum wait for the answer file of an ended batch, 0 to 10,000; after that the run ends, and
 *     the next run collects the batch
 * @param priceShare price of batches as a share of that of single requests, 0 to 1
 */
public record BatchSettings(
        @Formerly("mostRequests") int maxRequests,
        @Formerly("mostMegabytes") int maxMegabytes,
        double pollSeconds,
        double fileWaitMinutes,
        double priceShare) {
    /** Checks the ranges. */
    public BatchSettings {
        new Checks()
                .between("maxRequests", maxRequests, 1, 50_000)
                .between("maxMegabytes", maxMegabytes, 1, 200)
                .between("pollSeconds", pollSeconds, 0.01, 3600)
                .between("fileWaitMinutes", fileWaitMinutes, 0, 10_000)
                .between("priceShare", priceShare, 0, 1)
                .done();
    }

    /** Batches of 10,000, polled once a minute, at half the price, as at OpenAI. */
    public static BatchSettings defaults() {
        return new BatchSettings(10_000, 100, 60, 60, 0.5);
    }
}
