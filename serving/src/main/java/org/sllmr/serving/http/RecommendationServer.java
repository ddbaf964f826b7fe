// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;

/**
 * Serves models over HTTP: the Open Inference Protocol, recommendations, metrics, and a page to try them.
 *
 * <p>Once a second it looks whether another bundle is at a model's place.
 */
public final class RecommendationServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecommendationServer.class);
    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final ServerSettings settings;
    private final Gate gate;
    private final Routes routes;
    private final Javalin javalin;
    private final ScheduledExecutorService refreshing;

    private RecommendationServer(
            ServerSettings settings, Gate gate, Routes routes, Javalin javalin, ScheduledExecutorService refreshing) {
        this.settings = settings;
        this.gate = gate;
        this.routes = routes;
        this.javalin = javalin;
        this.refreshing = refreshing;
    }

    /**
     * Starts a server.
     *
     * @throws InvalidInputException if it cannot listen there
     */
    public static RecommendationServer start(ServerSettings settings, Models models) {
        requireHost(settings.host());
        Gate gate = new Gate(settings);
        Routes routes = new Routes(settings, models, gate);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = settings.maxBodyBytes() + 1L;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.http.prefer405over404 = true;
            config.jetty.host = settings.host();
            config.jetty.port = settings.port();
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setSendXPoweredBy(false);
            });
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(new HeadErrors());
                // Stopping waits for bodies that are coming, each with a time limit, and then their answers, with
                // another one.
                server.setHandler(new GracefulHandler());
                server.setStopTimeout(2000L * settings.maxSeconds());
            });
            routes.add(config.routes);
        });
        try {
            javalin.start(settings.host(), settings.port());
        } catch (JavalinBindException e) {
            javalin.stop();
            throw new InvalidInputException(
                    "--port",
                    settings.port() + " on " + settings.host()
                            + " cannot be listened on: it is in use, or not allowed; choose another one");
        }
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector waiting) {
                // A body that stops coming ends its request.
                waiting.setIdleTimeout(settings.maxSeconds() * 1000L);
            }
        }
        ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "bundles");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> refresh = refreshing.scheduleWithFixedDelay(
                () -> refresh(models), REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        LOGGER.debug("bundles are looked at every {}, {}", REFRESH, refresh);
        return new RecommendationServer(settings, gate, routes, javalin, refreshing);
    }

    private static void requireHost(String host) {
        String what;
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null) {
                return;
            }
            what = "has the address " + address.getHostAddress() + ", which is none of this machine's";
        } catch (UnknownHostException e) {
            what = "is a name that this machine does not know";
        } catch (SocketException e) {
            what = "cannot be looked up: " + Reason.of(e);
        }
        throw new InvalidInputException(
                "--host",
                "'" + host + "' " + what + "; give one of its names or addresses, 127.0.0.1 for this machine alone, or"
                        + " 0.0.0.0 for all of its addresses");
    }

    /** A failure must not end the looking: nobody would see it, and no further bundle would be taken. */
    private static void refresh(Models models) {
        try {
            models.refresh();
        } catch (RuntimeException | Error e) {
            LOGGER.error("bundles could not be looked at", e);
        }
    }

    /** The port. */
    public int port() {
        return javalin.port();
    }

    /** What it answers: the method of each path, as OpenAPI writes them. */
    public Map<String, String> addresses() {
        return routes.paths();
    }

    /** The server's address, such as {@code http://127.0.0.1:8080/}. */
    public String address() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return "http://" + host + ":" + port() + "/";
    }

    /** Says that it is not ready any more, finishes the requests under way, and stops. */
    @Override
    public void close() {
        gate.close();
        refreshing.shutdownNow();
        try {
            gate.awaitEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // Everything is closed all the same: whoever stops a server has no use for a failure.
            LOGGER.warn("requests that were under way for too long were cut: {}", String.valueOf(e.getMessage()));
        }
    }
}
