// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sllmr.data.concurrent.Workers;

/**
 * Requests to a server at instants that are fixed beforehand. A server that falls behind does not slow them down: what waits
 * for a connection has begun to wait at its instant.
 */
final class Load {
    private static final Pattern TOOK = Pattern.compile("\"took\":([0-9.E-]+)");
    private static final int PREFIX = 60;

    private final Target server;
    private final List<byte[]> requests;
    private final double[] millis;
    private final double[] took;
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger next = new AtomicInteger();
    /** Nanoseconds between two instants; 0 for requests that follow each other. */
    private final double interval;

    private long start;

    private Load(Target server, List<byte[]> requests, int count, double interval) {
        this.server = server;
        this.requests = requests;
        this.millis = new double[count];
        this.took = new double[count];
        this.interval = interval;
    }

    /**
     * Sends requests at a rate.
     *
     * @param requests taken in turn
     * @param count how many to send
     * @param rate requests a second
     * @param connections most requests under way
     */
    static Latencies atRate(Target server, List<byte[]> requests, int count, double rate, int connections)
            throws IOException, InterruptedException {
        return new Load(server, requests, count, 1e9 / rate).run(connections);
    }

    /** Sends on each connection the next request as soon as the last one is answered. */
    static Latencies asFastAsPossible(Target server, List<byte[]> requests, int count, int connections)
            throws IOException, InterruptedException {
        return new Load(server, requests, count, 0).run(connections);
    }

    private Latencies run(int connections) throws IOException, InterruptedException {
        List<HttpConnection> open = new ArrayList<>();
        double before = server.processorTime().toNanos();
        try (Workers workers = new Workers(connections, "load")) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                HttpConnection connection = new HttpConnection(server.port());
                open.add(connection);
                work.add(() -> send(connection));
            }
            // At a rate, the first request waits until all connections are there.
            start = System.nanoTime() + (interval == 0 ? 0 : 20_000_000);
            workers.all(work);
        } finally {
            for (HttpConnection connection : open) {
                connection.close();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double processor = (server.processorTime().toNanos() - before) / 1e6 / millis.length;
        Arrays.sort(millis);
        Arrays.sort(took);
        return new Latencies(millis, took[took.length / 2], seconds, processor, failed.sum());
    }

    private boolean send(HttpConnection connection) throws IOException {
        for (int number = next.getAndIncrement(); number < millis.length; number = next.getAndIncrement()) {
            long due = interval == 0 ? System.nanoTime() : start + (long) (number * interval);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            HttpConnection.Reply reply = connection.send(requests.get(number % requests.size()));
            millis[number] = (System.nanoTime() - due) / 1e6;
            took[number] = took(reply);
            if (reply.status() != 200) {
                failed.increment();
            }
        }
        return true;
    }

    private static double took(HttpConnection.Reply reply) {
        int length = Math.min(PREFIX, reply.body().length);
        Matcher matcher = TOOK.matcher(new String(reply.body(), 0, length, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
    }
}
