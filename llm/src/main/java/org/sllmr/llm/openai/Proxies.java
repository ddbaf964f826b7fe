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
 * The proxies that the environment names, as most programs take them: {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code
 * ALL_PROXY}, all of them in lower case too, and {@code NO_PROXY} with the hosts that are reached without.
 *
 * <p>Where none of them is set the machine's own choice holds, such as {@code -Dhttps.proxyHost}.
 */
final class Proxies extends ProxySelector {
    private final Optional<Way> http;
    private final Optional<Way> https;
    private final List<String> without;

    /** One proxy: the variable that names it, where it is, and what it is told of who asks, "" for nothing. */
    private record Way(String variable, String host, int port, String credentials) {
        String address() {
            return "http://" + host + ":" + port;
        }
    }

    private Proxies(Optional<Way> http, Optional<Way> https, List<String> without) {
        this.http = http;
        this.https = https;
        this.without = without;
    }

    /**
     * The proxies of an environment.
     *
     * @throws InvalidInputException if a variable names none that can be used; its value, which may hold a password, is not
     *     in the message
     */
    static Proxies of(Map<String, String> environment) {
        Optional<Way> all = way(environment, "all_proxy");
        String none = value(environment, "no_proxy").map(Map.Entry::getValue).orElse("");
        return new Proxies(
                way(environment, "http_proxy").or(() -> all),
                way(environment, "https_proxy").or(() -> all),
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

    private static Optional<Way> way(Map<String, String> environment, String variable) {
        return value(environment, variable).map(entry -> way(entry.getKey(), entry.getValue()));
    }

    private static Way way(String variable, String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                int port = uri.getPort() < 0 ? 80 : uri.getPort();
                return new Way(variable, uri.getHost(), port, uri.getUserInfo() == null ? "" : uri.getUserInfo());
            }
        } catch (IllegalArgumentException noUri) {
            // Told below, without the value.
        }
        throw new InvalidInputException(
                "environment variable " + variable,
                "names no proxy that can be used; allowed is http://[USER:PASSWORD@]HOST[:PORT]");
    }

    private Optional<Way> way(URI uri) {
        Optional<Way> way = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return way.filter(one -> !direct(uri));
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
        return way(uri).map(one -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(one.host(), one.port())))
                .map(List::of)
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // Whoever asked hears of it.
    }

    /** What the proxy for a place is told of who asks. */
    Optional<String> authorization(URI uri) {
        return way(uri).filter(one -> !one.credentials().isEmpty())
                .map(one -> "Basic "
                        + Base64.getEncoder().encodeToString(one.credentials().getBytes(StandardCharsets.UTF_8)));
    }

    /** How a place is reached, for messages: "" without a proxy. */
    String shown(URI uri) {
        return way(uri).map(one -> " through the proxy " + one.address() + " of " + one.variable() + " (NO_PROXY="
                        + uri.getHost() + " goes without)")
                .orElse("");
    }
}
