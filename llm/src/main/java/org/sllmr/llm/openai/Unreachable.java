// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains why no connection could be made, and what to check. */
final class Unreachable {
    private Unreachable() {}

    /**
     * The reason.
     *
     * @param failure the transport's exception
     * @return empty if a connection was made and then broke
     */
    static Optional<String> reason(@Nullable Throwable failure, URI address) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return Optional.of("the host '" + address.getHost() + "' is unknown; check its name");
            } else if (cause instanceof HttpConnectTimeoutException) {
                boolean tls = "https".equalsIgnoreCase(address.getScheme());
                return Optional.of("the connection timed out; check host, port and firewall"
                        + (tls ? ", and whether it is http:// instead of https://" : ""));
            } else if (cause instanceof NoRouteToHostException) {
                return Optional.of("there is no route to the host; check the network");
            } else if (cause instanceof SSLException tls) {
                return tls(tls);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            String lower = message.toLowerCase(Locale.ROOT);
            if (lower.contains("tunnel") || lower.contains("proxy")) {
                return Optional.of("the proxy refuses: " + message);
            } else if (cause instanceof ConnectException) {
                return Optional.of("the connection was refused; check that the server runs, and the port");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> tls(SSLException failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = String.valueOf(inner.getMessage());
        if (message.contains("Unsupported or unrecognized SSL message") || message.contains("plaintext connection")) {
            return Optional.of("the server does not speak TLS; is it http:// instead of https://?");
        }
        boolean certificate = message.contains("certification path")
                || message.contains("certificate")
                || message.contains("subject alternative")
                || message.contains("No name matching")
                || inner.getClass().getName().contains("Certificate")
                || inner.getClass().getName().contains("CertPath");
        if (certificate) {
            return Optional.of("the server's certificate is not trusted (" + message
                    + "); use -Djavax.net.ssl.trustStore for your own");
        }
        return failure instanceof javax.net.ssl.SSLHandshakeException
                ? Optional.of("the TLS handshake failed (" + message + ")")
                : Optional.empty();
    }
}
