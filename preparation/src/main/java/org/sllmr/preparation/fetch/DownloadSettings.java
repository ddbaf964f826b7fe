// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import java.time.Duration;
import org.sllmr.configuration.Checks;

/**
 * Retries and time limits of a download.
 *
 * @param attempts attempts without progress before the download fails (1 to 100)
 * @param firstWait wait before the second attempt; doubled before each later one
 * @param timeout longest wait for a connection, and for the next bytes
 */
public record DownloadSettings(int attempts, Duration firstWait, Duration timeout) {
    /** Checks the ranges. */
    public DownloadSettings {
        new Checks()
                .between("attempts", attempts, 1, 100)
                .require(!firstWait.isNegative(), "firstWait", "is negative")
                .require(timeout.toMillis() > 0, "timeout", "is " + timeout + ", allowed is above 0")
                .done();
    }

    /** Five attempts over about 15 seconds; a timeout of half a minute. */
    public static DownloadSettings defaults() {
        return new DownloadSettings(5, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
}
