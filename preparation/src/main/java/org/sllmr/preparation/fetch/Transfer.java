// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;

/** One attempt to complete a partial file, resumed at its end if the server supports that. */
final class Transfer {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");

    private final HttpClient client;
    private final URI address;
    private final Path part;
    private final Duration timeout;
    private final ProgressListener listener;
    private final String stage;

    Transfer(HttpClient client, URI address, Path part, Duration timeout, ProgressListener listener) {
        this.client = client;
        this.address = address;
        this.part = part;
        this.timeout = timeout;
        this.listener = listener;
        this.stage = "downloading " + Path.of(address.getPath()).getFileName();
    }

    /** The local file could not be written, so another attempt would not help. */
    static final class LocalException extends IOException {
        private static final long serialVersionUID = 1L;

        private LocalException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Receives the missing bytes.
     *
     * @throws IOException if another attempt may succeed
     * @throws InvalidInputException if no attempt can
     */
    void run() throws IOException {
        long start = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).GET();
        if (start > 0) {
            request.header("Range", "bytes=" + start + "-");
        }
        HttpResponse<InputStream> response = send(request.build());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == OK) {
                receive(
                        body,
                        0,
                        response.headers().firstValueAsLong("Content-Length").orElse(-1));
            } else if (status == PARTIAL_CONTENT) {
                resume(
                        body,
                        start,
                        response.headers().firstValue("Content-Range").orElse(""));
            } else if (status == RANGE_NOT_SATISFIABLE) {
                discard("has fewer bytes than were received before; it has changed");
            } else if (status >= FIRST_SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT) {
                throw new IOException("the server answered " + status);
            } else {
                throw new InvalidInputException(
                        address.toString(),
                        "cannot be downloaded: the server answered " + status
                                + "; check the address, or fetch from another one or from a folder");
            }
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while downloading");
        }
    }

    private void resume(InputStream body, long start, String range) throws IOException {
        Matcher matcher = CONTENT_RANGE.matcher(range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != start) {
            discard("was requested from byte " + start + " but the server answered '" + range + "'");
        } else {
            receive(body, start, Long.parseLong(matcher.group(2)));
        }
    }

    /** Discards what was received, so that the next attempt starts from the beginning. */
    private void discard(String why) throws IOException {
        Files.delete(part);
        throw new IOException("the file on the server " + why);
    }

    private void receive(InputStream body, long start, long total) throws IOException {
        long received = start;
        StandardOpenOption existing = start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        byte[] block = new byte[1 << 16];
        try (Watchdog watchdog = new Watchdog(body, timeout);
                OutputStream out = open(existing)) {
            for (int read = body.read(block); read >= 0; read = body.read(block)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("stopped while downloading");
                }
                watchdog.received();
                write(out, block, read);
                received += read;
                listener.progressed(stage, received, Math.max(0, total));
            }
            if (watchdog.hasExpired()) {
                throw new IOException("the server was silent for " + timeout.toSeconds() + " s");
            }
        }
        if (total >= 0 && received < total) {
            throw new IOException("the connection ended after " + received + " of " + total + " bytes");
        }
        if (total >= 0 && received > total) {
            discard("should have " + total + " bytes, but " + received + " were received");
        }
    }

    private OutputStream open(StandardOpenOption existing) throws LocalException {
        try {
            return Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, existing);
        } catch (IOException e) {
            throw new LocalException(e);
        }
    }

    private static void write(OutputStream out, byte[] block, int length) throws LocalException {
        try {
            out.write(block, 0, length);
        } catch (IOException e) {
            throw new LocalException(e);
        }
    }
}
