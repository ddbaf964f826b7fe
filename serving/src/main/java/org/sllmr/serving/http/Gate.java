// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;

/** Decides which requests are worked on, and reads their bodies. */
final class Gate {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private static final int BLOCK = 8192;
    private static final String SCHEME = "Bearer ";

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
            byte[] expected = settings.token().get().getBytes(StandardCharsets.UTF_8);
            byte[] given = given(context).getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(expected, given)) {
                throw new Refusal(401, "needs 'Authorization: Bearer TOKEN' with the server's token");
            }
        }
    }

    /** What is given as token: the scheme's name is read in upper and lower case (RFC 9110, section 11.1). */
    private static String given(Context context) {
        String header =
                Optional.ofNullable(context.header("Authorization")).orElse("").strip();
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
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
            bytes = read(in);
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

    /**
     * The body, or its beginning and a byte more than is allowed. Whoever sends a byte now and then keeps a connection from
     * being idle, so the time of the whole is bounded too.
     */
    private byte[] read(InputStream in) throws IOException, Refusal {
        Deadline deadline = Deadline.in(Duration.ofSeconds(settings.maxSeconds()));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        int most = settings.maxBodyBytes() + 1;
        try {
            while (body.size() < most) {
                int count = in.read(block, 0, Math.min(block.length, most - body.size()));
                if (count < 0) {
                    break;
                }
                body.write(block, 0, count);
                deadline.check();
            }
        } catch (TooLateException e) {
            throw new Refusal(408, "the body took longer than " + settings.maxSeconds() + " seconds to come");
        }
        return body.toByteArray();
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
