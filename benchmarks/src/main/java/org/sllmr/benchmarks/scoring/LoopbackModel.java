// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.scoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server on this machine that answers every request with the same valid reply after a fixed time. */
final class LoopbackModel implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LoopbackModel.class);

    private static final String THREADS = "loopback-model";

    private final HttpServer server;
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, THREADS));
    private final long latencyMillis;
    private final byte[] answer;

    LoopbackModel(long latencyMillis, String content) throws IOException {
        this.latencyMillis = latencyMillis;
        this.answer =
                ("{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
                                + content.replace("\"", "\\\"")
                                + "\",\"refusal\":null}}],\"usage\":{\"prompt_tokens\":300,\"completion_tokens\":60,"
                                + "\"total_tokens\":360}}")
                        .getBytes(StandardCharsets.UTF_8);
        // Otherwise each reply waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            ScheduledFuture<?> answering =
                    threads.schedule(() -> answer(exchange), latencyMillis, TimeUnit.MILLISECONDS);
            LOGGER.trace("{}", answering);
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Processor time of its threads so far, in nanoseconds, to subtract. */
    static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && (thread.getThreadName().startsWith(THREADS)
                            || thread.getThreadName().startsWith("HTTP-Dispatcher"))) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }

    private void answer(HttpExchange exchange) {
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            LOGGER.warn("a request was not answered after {} ms: {}", latencyMillis, e.getMessage());
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
