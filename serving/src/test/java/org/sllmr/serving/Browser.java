// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real browser, driven by the WebDriver protocol of its driver. */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern STARTED = Pattern.compile("started successfully on port ([0-9]+)");

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private String session = "";

    private Browser(Process driver, int port) {
        this.driver = driver;
        this.address = "http://127.0.0.1:" + port + "/session";
    }

    private static Optional<Path> onPath(String... names) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Arrays.stream(names).map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether Chromium and its driver are there. */
    static boolean isThere() {
        return onPath("chromium", "chromium-browser", "google-chrome").isPresent()
                && onPath("chromedriver").isPresent();
    }

    /**
     * Starts a browser.
     *
     * @param profile an empty folder
     */
    static Browser start(Path profile, int width, int height) throws IOException, InterruptedException {
        Process driver = new ProcessBuilder(onPath("chromedriver").orElseThrow().toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        Browser browser = new Browser(driver, port(driver));
        Map<String, Object> chrome = Map.of(
                "binary",
                onPath("chromium", "chromium-browser", "google-chrome")
                        .orElseThrow()
                        .toString(),
                "args",
                List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile,
                        "--window-size=" + width + "," + height));
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            try {
                browser.session = browser.send(
                                "POST",
                                "",
                                Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", chrome))))
                        .path("sessionId")
                        .asString();
                return browser;
            } catch (java.net.ConnectException notYet) {
                if (System.nanoTime() > end || !driver.isAlive()) {
                    driver.destroyForcibly();
                    throw notYet;
                }
                Thread.sleep(50);
            }
        }
    }

    /** The port that the driver has chosen and says; what it says after that is read and forgotten. */
    private static int port(Process driver) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher port = STARTED.matcher(line);
            if (port.find()) {
                Thread rest = new Thread(() -> said.lines().forEach(each -> {}), "browser");
                rest.setDaemon(true);
                rest.start();
                return Integer.parseInt(port.group(1));
            }
        }
        throw new IOException("the browser's driver did not start");
    }

    private JsonNode send(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(90))
                .method(
                        method,
                        method.equals("POST")
                                ? HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))
                                : HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = JSON.readTree(reply.body()).path("value");
        if (reply.statusCode() != 200) {
            throw new IOException("the browser's driver says " + value);
        }
        return value;
    }

    void open(String page) throws IOException, InterruptedException {
        send("POST", "/" + session + "/url", Map.of("url", page));
    }

    /** The result of a script, whose last statement returns it. */
    JsonNode run(String script) throws IOException, InterruptedException {
        return send("POST", "/" + session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    private String find(String selector) throws IOException, InterruptedException {
        return send("POST", "/" + session + "/element", Map.of("using", "css selector", "value", selector))
                .properties()
                .iterator()
                .next()
                .getValue()
                .asString();
    }

    void click(String selector) throws IOException, InterruptedException {
        send("POST", "/" + session + "/element/" + find(selector) + "/click", Map.of());
    }

    void type(String selector, String text) throws IOException, InterruptedException {
        send("POST", "/" + session + "/element/" + find(selector) + "/value", Map.of("text", text));
    }

    /** Presses a key wherever the focus is. */
    void press(String key) throws IOException, InterruptedException {
        send(
                "POST",
                "/" + session + "/actions",
                Map.of(
                        "actions",
                        List.of(Map.of(
                                "type",
                                "key",
                                "id",
                                "keyboard",
                                "actions",
                                List.of(
                                        Map.of("type", "keyDown", "value", key),
                                        Map.of("type", "keyUp", "value", key))))));
    }

    /** Shows pages as to someone who prefers these colours: {@code light} or {@code dark}. */
    void colours(String scheme) throws IOException, InterruptedException {
        send(
                "POST",
                "/" + session + "/goog/cdp/execute",
                Map.of(
                        "cmd",
                        "Emulation.setEmulatedMedia",
                        "params",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme)))));
    }

    /** Waits until a script returns true. */
    void await(String script) throws IOException, InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!run("return Boolean(" + script + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("never true: " + script + "; the page is "
                        + run("return document.body.innerText").asString());
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", "/" + session, Map.of());
            driver.destroy();
            driver.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.destroy();
        }
    }
}
