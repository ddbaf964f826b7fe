// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;

/**
 * The proxies of the environment, with the usual variables: {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY},
 * and {@code NO_PROXY} with the hosts that are reached directly; also in lower case.
 *
 * <p>If none is set, the JVM's proxy settings are used, such as {@code -Dhttps.proxyHost}.
 */
final class Proxies extends ProxySelector {
    /** Schemes with which the JDK's client does not log in to a proxy that tunnels; Basic by default. */
    private static final String NOT_IN_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private final Optional<ProxyServer> http;
    private final Optional<ProxyServer> https;
    private final List<String> without;

    /** A proxy: the variable that names it, its address, and its credentials, or "". */
    private record ProxyServer(String variable, String host, int port, String credentials) {
        String address() {
            return "http://" + host + ":" + port;
        }
    }

    private Proxies(Optional<ProxyServer> http, Optional<ProxyServer> https, List<String> without) {
        this.http = http;
        this.https = https;
        this.without = without;
    }

    /**
     * The proxies of an environment.
     *
     * @throws InvalidInputException if a variable names an unusable proxy; the message does not contain its value,
     *     which may include a password
     */
    static Proxies of(Map<String, String> environment) {
        Optional<ProxyServer> all = proxy(environment, "all_proxy");
        String none = value(environment, "no_proxy").map(Map.Entry::getValue).orElse("");
        return new Proxies(
                proxy(environment, "http_proxy").or(() -> all),
                proxy(environment, "https_proxy").or(() -> all),
                List.of(none.toLowerCase(Locale.ROOT).strip().split("[\\s,]+")));
    }

    private static Optional<Map.Entry<String, String>> value(Map<String, String> environment, String variable) {
        for (String name : List.of(variable, variable.toUpperCase(Locale.ROOT))) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(Map.entry(name, value));
            }
        }
        return Optional.empty();
    }

    private static Optional<ProxyServer> proxy(Map<String, String> environment, String variable) {
        return value(environment, variable).map(entry -> proxy(entry.getKey(), entry.getValue()));
    }

    private static ProxyServer proxy(String variable, String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                int port = uri.getPort() < 0 ? 80 : uri.getPort();
                return new ProxyServer(
                        variable, uri.getHost(), port, uri.getUserInfo() == null ? "" : uri.getUserInfo());
            }
        } catch (IllegalArgumentException noUri) {
            // Reported below, without the value.
        }
        throw new InvalidInputException(
                "environment variable " + variable,
                "does not name a usable proxy; allowed is http://[USER:PASSWORD@]HOST[:PORT]");
    }

    private Optional<ProxyServer> proxy(URI uri) {
        Optional<ProxyServer> proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return proxy.filter(one -> !direct(uri));
    }

    private boolean direct(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return without.stream().anyMatch(entry -> covers(entry, host, port));
    }

    /** {@code *}, a host, a domain with or without its dot, or one of them with a port. */
    private static boolean covers(String entry, String host, int port) {
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0
                && entry.indexOf(':') == colon
                && entry.substring(colon + 1).matches("[0-9]{1,5}")) {
            if (Integer.parseInt(entry.substring(colon + 1)) != port) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        return !name.isEmpty() && (name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    @Override
    public List<Proxy> select(URI uri) {
        if (http.isEmpty() && https.isEmpty()) {
            ProxySelector machine = ProxySelector.getDefault();
            return machine == null ? List.of(Proxy.NO_PROXY) : machine.select(uri);
        }
        return proxy(uri)
                .map(one -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(one.host(), one.port())))
                .map(List::of)
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The caller gets the exception.
    }

    /**
     * Lets the JDK's client log in to the proxy of https:// addresses, if there are credentials for it. It reads this
     * setting once, so this has to be called before the first client is made. A setting of the user's is kept.
     */
    void allowLoginToTunnels() {
        boolean needed = https.map(ProxyServer::credentials)
                .filter(text -> !text.isEmpty())
                .isPresent();
        if (needed && System.getProperty(NOT_IN_TUNNELS) == null) {
            System.setProperty(NOT_IN_TUNNELS, "");
        }
    }

    /** The value of the Proxy-Authorization header for an address. */
    Optional<String> authorization(URI uri) {
        return proxy(uri)
                .filter(one -> !one.credentials().isEmpty())
                .map(one -> "Basic "
                        + Base64.getEncoder().encodeToString(one.credentials().getBytes(StandardCharsets.UTF_8)));
    }

    /** The proxy of an address, for messages; "" without a proxy. */
    String shown(URI uri) {
        return proxy(uri)
                .map(one -> " through the proxy " + one.address() + " of " + one.variable() + " (NO_PROXY="
                        + uri.getHost() + " bypasses it)")
                .orElse("");
    }
}
