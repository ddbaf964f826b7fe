// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides which requests are worked on, and reads their bodies. */
final class Gate {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final ServerSettings settings;
    private final boolean local;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;

    Gate(ServerSettings settings) {
        this.settings = settings;
        this.local = LOOPBACK.contains(settings.host());
    }

    /** Requires the token where there is one, and on a loopback address that the request names this machine. */
    void require(Context context) throws Refusal {
        String host = Optional.ofNullable(context.header("Host")).orElse("").toLowerCase(Locale.ROOT);
        if (local && !LOOPBACK.contains(host.replaceFirst(":[0-9]*$", ""))) {
            // Pages of other sites that have their name lead here would otherwise read the answers.
            throw new Refusal(403, "the server listens on this machine alone; address it as localhost");
        }
        if (settings.token().isPresent()) {
            byte[] expected = ("Bearer " + settings.token().get()).getBytes(StandardCharsets.UTF_8);
            byte[] given = Optional.ofNullable(context.header("Authorization"))
                    .orElse("")
                    .getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(expected, given)) {
                throw new Refusal(401, "needs 'Authorization: Bearer TOKEN' with the server's token");
            }
        }
    }

    /** The body, which must be JSON in UTF-8. */
    String body(Context context) throws Refusal {
        String type =
                Optional.ofNullable(context.header("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        if (!type.matches("application/json\\s*(;.*)?")) {
            // Forms of other sites cannot send this type without asking first.
            throw new Refusal(415, "needs 'Content-Type: application/json'");
        }
        byte[] bytes;
        try (InputStream in = context.req().getInputStream()) {
            bytes = in.readNBytes(settings.maxBodyBytes() + 1);
        } catch (IOException e) {
            throw new Refusal(
                    e.getCause() instanceof TimeoutException ? 408 : 400, "the body ended early or came too slowly");
        }
        if (bytes.length > settings.maxBodyBytes()) {
            throw new Refusal(413, "the body is longer than " + settings.maxBodyBytes() + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "the body is not UTF-8 text");
        }
    }

    /** Begins to work on a request; {@link #leave} must follow. */
    int enter() throws Refusal {
        int count = underWay.incrementAndGet();
        if (count > settings.maxUnderWay()) {
            underWay.decrementAndGet();
            throw new Refusal(429, "too many requests are under way; try again");
        }
        return count;
    }

    int leave() {
        return underWay.decrementAndGet();
    }

    /** Says that no further requests should come. */
    void close() {
        closed = true;
    }

    boolean isOpen() {
        return !closed;
    }

    /** Waits until no request is under way, or the time for one is over. */
    void awaitEmpty() throws InterruptedException {
        long end = System.nanoTime() + settings.maxSeconds() * 1_000_000_000L;
        while (underWay.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }
}
