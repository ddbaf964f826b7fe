// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;

/** Certificates, and a proxy with a password before a server that speaks TLS. */
class TlsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Prompt PROMPT = new Prompt("Be brief.", "Red or blue?", Optional.empty(), 0, 77);
    private static final String COMPLETION = "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"blue\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static SSLContext before;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(folder);
        before = SSLContext.getDefault();
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    private static LoopbackServer server(String certificate) throws Exception {
        return new LoopbackServer(
                (request, exchange) -> LoopbackServer.send(exchange, 200, COMPLETION),
                certificates.server(certificate));
    }

    private static OpenAiModel model(String url, Map<String, String> environment) {
        return OpenAiModel.open(OpenAiSettings.of("m", url), ApiKey.NONE, environment);
    }

    @Test
    void aTrustedCertificateIsAccepted() throws Exception {
        SSLContext.setDefault(certificates.trusting());
        try (LoopbackServer server = server("right");
                OpenAiModel model = model(server.url(), Map.of())) {
            assertThat(model.reply(PROMPT, TIMEOUT).text()).isEqualTo("blue");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "right, false, unable to find valid certification path",
        "expired, true, NotAfter",
        "elsewhere, true, 127.0.0.1"
    })
    void aWrongCertificateIsReportedAtOnce(String certificate, boolean trusted, String reason) throws Exception {
        SSLContext.setDefault(trusted ? certificates.trusting() : before);
        try (LoopbackServer server = server(certificate);
                OpenAiModel model = model(server.url(), Map.of())) {
            long start = System.nanoTime();
            ProviderException failure =
                    catchThrowableOfType(ProviderException.class, () -> model.reply(PROMPT, TIMEOUT));
            assertThat(failure)
                    .hasMessageContainingAll(
                            server.url() + " cannot be reached: the server's certificate is not trusted (",
                            reason,
                            "javax.net.ssl.trustStore");
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.mayBeBilled()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            assertThat(server.requests()).isEmpty();
        }
    }

    /** Asks every address given, each through a proxy; prints answers or failures. */
    public static final class Client {
        private Client() {}

        public static void main(String[] arguments) throws InterruptedException {
            for (int index = 0; index < arguments.length; index += 2) {
                try (OpenAiModel model = model(arguments[index], Map.of("HTTPS_PROXY", arguments[index + 1]))) {
                    System.out.println(model.reply(PROMPT, TIMEOUT).text());
                } catch (ProviderException e) {
                    System.out.println(e.kind() + ": " + e.getMessage());
                }
            }
        }
    }

    /** In another process, because the JDK's client reads once whether it may log in. */
    @Test
    void aProxyWithAPasswordIsUsedAndThePasswordNeverShown() throws Exception {
        try (ClosedPort nobody = new ClosedPort();
                LoopbackServer server = server("right");
                LoopbackServer expired = server("expired");
                TunnelProxy proxy = new TunnelProxy("me", "pass word")) {
            String known = "http://me:pass%20word@127.0.0.1:" + proxy.port();
            String unknown = "http://me:secret@127.0.0.1:" + proxy.port();
            String without = "http://127.0.0.1:" + proxy.port();
            String closed = "https://127.0.0.1:" + nobody.number() + "/v1";
            List<String> lines = ask(
                    server.url(),
                    known,
                    server.url(),
                    unknown,
                    server.url(),
                    without,
                    closed,
                    known,
                    expired.url(),
                    known);
            String through = " cannot be reached through the proxy " + without + " of HTTPS_PROXY (NO_PROXY=127.0.0.1"
                    + " bypasses it): ";
            assertThat(lines).hasSize(5);
            assertThat(lines.get(0)).isEqualTo("blue");
            for (String refused : lines.subList(1, 3)) {
                assertThat(refused)
                        .startsWith("UNAUTHORIZED: " + server.url() + through)
                        .contains("needs a user and a password, or refuses those given (HTTP 407)");
            }
            assertThat(lines.get(3))
                    .startsWith("UNREACHABLE: " + closed + through)
                    .contains("the proxy refuses", "502");
            assertThat(lines.get(4))
                    .startsWith("UNREACHABLE: " + expired.url() + through)
                    .contains("certificate is not trusted (NotAfter");
            assertThat(server.requests()).as("past the proxy").hasSize(1);
            assertThat(server.requests().get(0).headers().keySet())
                    .as("what the server learns")
                    .noneMatch(name -> name.toLowerCase().startsWith("proxy"));
            assertThat(proxy.asked).hasSizeGreaterThanOrEqualTo(5).allMatch(line -> line.startsWith("CONNECT "));
            assertThat(String.join("\n", lines)).doesNotContain("secret", "pass word", "pass%20", "bWU6");
        }
    }

    private static List<String> ask(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djavax.net.ssl.trustStore=" + certificates.write(folder.resolve("trusted.p12")),
                "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                Client.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }
}
