// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.openai;

import org.sllmr.configuration.Checks;

/**
 * How batches are cut and watched.
 *
 * @param mostRequests questions of one batch, 1 to 50,000, the provider's limit
 * @param mostMegabytes size of one batch's file, 1 to 200, the provider's limit; a single larger question goes alone
 * @param pollSeconds between two looks at the provider, 0.01 to 3600
 */
public record BatchSettings(int mostRequests, int mostMegabytes, double pollSeconds) {
    /** Checks the ranges. */
    public BatchSettings {
        new Checks()
                .between("mostRequests", mostRequests, 1, 50_000)
                .between("mostMegabytes", mostMegabytes, 1, 200)
                .between("pollSeconds", pollSeconds, 0.01, 3600)
                .done();
    }

    /** Batches of 10,000, looked at once a minute. */
    public static BatchSettings defaults() {
        return new BatchSettings(10_000, 100, 60);
    }
}
