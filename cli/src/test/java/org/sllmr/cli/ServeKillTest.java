// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that is killed at any moment, while its bundle is replaced over and over, starts again with a whole one.
 * {@code -Dsllmr.kills=20} kills as often; {@code -Dsllmr.bundles=ONE:OTHER} takes other bundles, of more than three users
 * each, with plain ids.
 */
class ServeKillTest {
    private static final int KILLS = Integer.getInteger("sllmr.kills", 2);
    private static final String BUNDLES = System.getProperty("sllmr.bundles", "");
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:[0-9]+/)");

    @TempDir
    Path folder;

    private final AtomicBoolean stop = new AtomicBoolean();

    /** Leads a link to another bundle some dozen times a second, also while the server starts. */
    private void replace(Path link, List<Path> bundles) {
        try {
            for (int number = 0; !stop.get(); number++) {
                Path beside = folder.resolve("beside");
                Files.createSymbolicLink(beside, bundles.get(number % bundles.size()));
                Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Thread.sleep(number % 40);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(Path link) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "shop=" + link,
                        "--port",
                        "0")
                .redirectError(Redirect.appendTo(folder.resolve("messages").toFile()))
                .start();
    }

    private String address(Process server) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("the server did not start: " + Files.readString(folder.resolve("messages")));
    }

    /** The items and scores that the bundle of each version recommends to a user. */
    private static Map<String, String> answers(List<Path> bundles, String user) {
        Map<String, String> answers = new HashMap<>();
        for (Path bundle : bundles) {
            Recommender recommender = Recommender.open(bundle);
            StringBuilder text = new StringBuilder();
            for (Recommendations.Item item :
                    recommender.recommend(Request.ofUser(user)).items()) {
                text.append(item.item()).append(' ').append(item.score()).append('\n');
            }
            answers.put(recommender.hash().substring(0, 12), text.toString());
        }
        return answers;
    }

    private static String text(JsonNode items) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(item.path("item").asString())
                .append(' ')
                .append(Float.parseFloat(item.path("score").toString()))
                .append('\n'));
        return text.toString();
    }

    private List<Path> bundles() {
        if (BUNDLES.isEmpty()) {
            SmallShop shop = new SmallShop(folder);
            return List.of(
                    shop.export(shop.train("run1", 1), "bundle1"), shop.export(shop.train("run2", 2), "bundle2"));
        }
        return Arrays.stream(BUNDLES.split(File.pathSeparator)).map(Path::of).toList();
    }

    /** Any moment, or one at which the server has just looked whether another bundle is there, as it does every second. */
    private static long lifetime(Random random) {
        return random.nextBoolean() ? random.nextInt(2500) : 980 + 1000 * random.nextInt(2) + random.nextInt(150);
    }

    @Test
    void startsAgainWithAWholeBundle() throws Exception {
        List<Path> bundles = bundles();
        String user = Recommender.open(bundles.get(0)).users().get(3);
        Map<String, String> expected = answers(bundles, user);
        assertThat(expected).hasSize(2);
        assertThat(expected.values()).as("what two seeds recommend").doesNotHaveDuplicates();
        Path link = folder.resolve("current");
        Files.createSymbolicLink(link, bundles.get(0));
        Thread replacing = new Thread(() -> replace(link, bundles));
        replacing.start();
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        Map<String, Integer> seen = new TreeMap<>();
        HttpClient client = HttpClient.newHttpClient();
        try {
            for (int kill = 0; kill <= KILLS; kill++) {
                Process server = start(link);
                try {
                    HttpRequest request = HttpRequest.newBuilder(URI.create(address(server) + "recommend/shop"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"user\": \"" + user + "\"}"))
                            .build();
                    long end = System.nanoTime() + lifetime(random) * 1_000_000L;
                    do {
                        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
                        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
                        JsonNode answer = JsonMapper.shared().readTree(reply.body());
                        String version = answer.path("version").asString();
                        assertThat(text(answer.path("items")))
                                .as("seed %d, version %s", seed, version)
                                .isEqualTo(expected.get(version));
                        seen.merge(version, 1, Integer::sum);
                    } while (System.nanoTime() < end);
                } finally {
                    server.destroyForcibly();
                    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
                }
            }
        } finally {
            stop.set(true);
            replacing.join();
        }
        System.out.println(KILLS + " kills; answers by version: " + seen);
        assertThat(Files.readString(folder.resolve("messages")))
                .as("a bundle that is replaced while it is read is read whole")
                .doesNotContain("refused", "damaged");
    }
}
