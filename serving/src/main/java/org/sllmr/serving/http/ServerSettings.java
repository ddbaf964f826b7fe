// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * How a server listens, and what it takes.
 *
 * @param host the address; {@code 127.0.0.1} is this machine alone
 * @param port the port, 0 for any free one, up to 65,535
 * @param token what a request must give as {@code Authorization: Bearer TOKEN}; empty for none
 * @param maxBodyBytes longest body, 1,000 to 100,000,000
 * @param maxK most recommendations, 1 to 1,000
 * @param maxItems most candidates, history items, new items and rows of a request, 1 to 1,000,000
 * @param maxSeconds longest time for a body to come and for its answer, 1 to 600
 * @param maxUnderWay most requests that are worked on at once, 1 to 10,000; further ones get 429
 */
public record ServerSettings(
        String host,
        int port,
        Optional<String> token,
        int maxBodyBytes,
        int maxK,
        int maxItems,
        int maxSeconds,
        int maxUnderWay) {
    /** Checks the ranges. */
    public ServerSettings {
        new Checks()
                .between("port", port, 0, 65_535)
                .between("maxBodyBytes", maxBodyBytes, 1_000, 100_000_000)
                .between("maxK", maxK, 1, 1_000)
                .between("maxItems", maxItems, 1, 1_000_000)
                .between("maxSeconds", maxSeconds, 1, 600)
                .between("maxUnderWay", maxUnderWay, 1, 10_000)
                .done();
    }

    /** This machine alone, port 8080. */
    public static ServerSettings defaults() {
        return new ServerSettings("127.0.0.1", 8080, Optional.empty(), 1_000_000, 1_000, 10_000, 10, 64);
    }

    /** The same with another address. */
    public ServerSettings on(String otherHost, int otherPort) {
        return new ServerSettings(otherHost, otherPort, token, maxBodyBytes, maxK, maxItems, maxSeconds, maxUnderWay);
    }

    /** The same with a token. */
    public ServerSettings with(Optional<String> otherToken) {
        return new ServerSettings(host, port, otherToken, maxBodyBytes, maxK, maxItems, maxSeconds, maxUnderWay);
    }
}
