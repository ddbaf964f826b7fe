// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;

/**
 * How batches are cut, watched and paid.
 *
 * @param maxRequests questions of one batch, 1 to 50,000, the provider's limit
 * @param maxMegabytes size of one batch's file, 1 to 200, the provider's limit; a single larger question goes alone
 * @param pollSeconds between two looks at the provider, 0.01 to 3600
 * @param fileWaitMinutes how long the answers of a batch that says it has ended are waited for, where their file is not there
 *     yet, 0 to 10,000; then the run ends and keeps the batch, which the next run collects
 * @param priceShare what the provider charges in batches, as a share of the price of single requests, 0 to 1
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

    /** Batches of 10,000, looked at once a minute, at half the price as OpenAI has it. */
    public static BatchSettings defaults() {
        return new BatchSettings(10_000, 100, 60, 60, 0.5);
    }
}
