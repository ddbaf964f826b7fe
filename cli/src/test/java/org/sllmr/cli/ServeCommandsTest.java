// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.Recommender;
import org.sllmr.cli.serve.ServeCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.database.DuckDb;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a run to recommendations. */
class ServeCommandsTest {
    @TempDir
    private static Path shared;

    @TempDir
    Path folder;

    private static Path run;
    private static Path bundle;

    @BeforeAll
    static void train() {
        SmallShop shop = new SmallShop(shared);
        run = shop.train("run", 1);
        bundle = shop.export(run, "bundle");
    }

    private static Invocation run(String... arguments) {
        return Invocation.of(Commands.ALL, arguments);
    }

    private static Invocation ok(String... arguments) {
        Invocation invocation = run(arguments);
        assertThat(invocation.code()).as(invocation.messages()).isZero();
        return invocation;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void aRunBecomesABundleOrAZip() {
        Path zip = folder.resolve("b.zip");
        JsonNode report = json(
                ok("export", run.toString(), "--out", zip.toString(), "--json").results());
        assertThat(report.path("items").asInt()).isEqualTo(200);
        assertThat(report.path("name").asString()).isEqualTo("run");
        assertThat(report.path("histories").asString()).isEqualTo("hashed");
        assertThat(zip).isRegularFile();
        Invocation again = run("export", run.toString(), "--out", zip.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.messages()).contains("exists already");
        assertThat(run("export", run.toString(), "--out", folder.resolve("c").toString(), "--name", "a/b")
                        .messages())
                .contains("part of addresses");
        assertThat(folder.resolve("c")).doesNotExist();
        assertThat(ok("export", run.toString(), "--out", folder.resolve("d").toString(), "--zip")
                        .results())
                .contains("Next: sllmr serve");
        assertThat(folder.resolve("d")).isRegularFile();
    }

    @Test
    void recommendsToAUserAndToAHistory() {
        Recommender recommender = Recommender.open(bundle);
        String user = recommender.users().get(3);
        JsonNode report = json(ok("recommend", bundle.toString(), "--user", user, "--k", "4", "--json")
                .results());
        assertThat(report.path("items").size()).isEqualTo(4);
        assertThat(report.path("basis").path("userKnown").asBoolean()).isTrue();
        String item = recommender.catalogue().ids().value(7);
        String text = ok("recommend", bundle.toString(), "--history", item + ",gone", "--explain")
                .results();
        assertThat(text)
                .contains("The model knows no such user; 1 items of the history count.")
                .contains("because the bundle does not know them: gone");
        assertThat(ok("recommend", bundle.toString(), "--history", "").results())
                .as("an empty history")
                .contains("0 items of the history count.")
                .doesNotContain("does not know them");
        assertThat(run("recommend", bundle.toString()).messages()).contains("--user, --history");
        assertThat(run("recommend", bundle.toString(), "--all").messages()).contains("--out");
    }

    @Test
    void aStoppedJobGoesOnAndWritesTheSameBytes() throws Exception {
        Path whole = folder.resolve("whole.jsonl");
        ok("recommend", bundle.toString(), "--all", "--out", whole.toString(), "--k", "5", "--threads", "3");
        List<String> lines = Files.readAllLines(whole);
        assertThat(lines).hasSizeGreaterThan(1000);
        assertThat(json(lines.get(0)).path("items").size()).isEqualTo(5);
        Path stopped = folder.resolve("stopped.jsonl");
        AtomicReference<Invocation> result = new AtomicReference<>();
        Thread job = new Thread(() -> result.set(run(
                "recommend", bundle.toString(), "--all", "--out", stopped.toString(), "--k", "5", "--threads", "1")));
        job.start();
        Path parts = folder.resolve("stopped.jsonl.parts");
        while (!Files.exists(parts.resolve("part-0000000.jsonl")) && job.isAlive()) {
            Thread.sleep(1);
        }
        job.interrupt();
        job.join();
        if (result.get().code() == 130) {
            assertThat(result.get().messages()).contains("start the same command again");
            assertThat(stopped).doesNotExist();
            assertThat(run("recommend", bundle.toString(), "--all", "--out", stopped.toString(), "--k", "6")
                            .messages())
                    .contains("another job");
            assertThat(ok("recommend", bundle.toString(), "--all", "--out", stopped.toString(), "--k", "5")
                            .results())
                    .contains("done before");
        }
        assertThat(stopped).hasSameBinaryContentAs(whole);
        assertThat(parts).doesNotExist();
    }

    @Test
    void idsOfAFileAreReadAsPeopleWriteThem() throws Exception {
        List<String> known = Recommender.open(bundle).users().subList(0, 2);
        Path users = Files.writeString(
                folder.resolve("windows.txt"), "\uFEFF" + known.get(0) + "\r\n" + known.get(1) + " \r\nnobody\r\n");
        Path out = folder.resolve("windows.jsonl");
        assertThat(run("recommend", bundle.toString(), "--users", users.toString(), "--out", out.toString(), "--k", "0")
                        .messages())
                .contains("--k: is 0");
        assertThat(ok("recommend", bundle.toString(), "--users", users.toString(), "--out", out.toString(), "--k", "1")
                        .results())
                .contains("3 users, 1 of them unknown to the model");
        assertThat(Files.readAllLines(out))
                .extracting(line -> json(line).path("user").asString())
                .containsExactly(known.get(0), known.get(1), "nobody");
    }

    @Test
    void parquetHasTheSameRecommendations() throws Exception {
        Path users = Files.write(
                folder.resolve("users"), Recommender.open(bundle).users().subList(0, 30));
        Path lines = folder.resolve("some.jsonl");
        Path parquet = folder.resolve("some.parquet");
        ok("recommend", bundle.toString(), "--users", users.toString(), "--out", lines.toString(), "--k", "3");
        ok("recommend", bundle.toString(), "--users", users.toString(), "--out", parquet.toString(), "--k", "3");
        List<String> expected = Files.readAllLines(lines);
        try (Connection connection = DuckDb.inMemory();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + DuckDb.parquet(parquet))) {
            for (String line : expected) {
                JsonNode user = json(line);
                for (int rank = 1; rank <= 3; rank++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString("user"))
                            .isEqualTo(user.path("user").asString());
                    assertThat(rows.getInt("rank")).isEqualTo(rank);
                    JsonNode item = user.path("items").get(rank - 1);
                    assertThat(rows.getString("item"))
                            .isEqualTo(item.path("item").asString());
                    assertThat(rows.getFloat("score"))
                            .isEqualTo(Float.parseFloat(item.path("score").toString()));
                }
            }
            assertThat(rows.next()).isFalse();
        }
        Path hashed = folder.resolve("hashed");
        ok("export", run.toString(), "--out", hashed.toString());
        assertThat(run(
                                "recommend",
                                hashed.toString(),
                                "--all",
                                "--out",
                                folder.resolve("x").toString())
                        .messages())
                .contains("--histories plain");
    }

    /** The command itself, in a thread that is interrupted as by Ctrl-C. */
    @Test
    void servesUntilItIsStopped() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "a-long-secret\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        java.io.ByteArrayOutputStream results = new java.io.ByteArrayOutputStream();
        Terminal terminal = new Terminal(results, new java.io.ByteArrayOutputStream(), 0, System::nanoTime);
        CommandLine command = new CommandLine(new ServeCommand(terminal))
                .setExecutionExceptionHandler(
                        (failure, line, parsed) -> failure instanceof InterruptedException ? 130 : 1);
        AtomicReference<Integer> code = new AtomicReference<>();
        Thread serving = new Thread(
                () -> code.set(command.execute("mine=" + bundle, "--port", "0", "--token-file", token.toString())));
        serving.start();
        Matcher address;
        do {
            Thread.sleep(20);
            address = Pattern.compile("(http://127.0.0.1:[0-9]+/)").matcher(results.toString());
        } while (!address.find() && serving.isAlive());
        assertThat(serving.isAlive()).isTrue();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.group(1) + "models"));
        HttpClient client = HttpClient.newHttpClient();
        assertThat(status(client, request.build())).isEqualTo(401);
        assertThat(status(
                        client,
                        request.header("Authorization", "Bearer a-long-secret").build()))
                .isEqualTo(200);
        serving.interrupt();
        serving.join(300_000);
        assertThat(code.get()).isEqualTo(130);
    }

    private static int status(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void whatCannotBeServedIsSaid() throws Exception {
        assertThat(run("serve", folder.resolve("none").toString()).messages()).contains("does not exist");
        assertThat(run("serve", bundle.toString(), "--port", "70000").messages())
                .contains("--port");
        assertThat(run("serve", bundle.toString(), bundle.toString()).messages())
                .contains("NAME=");
        Path token = Files.writeString(folder.resolve("token"), "two words\n");
        assertThat(run("serve", bundle.toString(), "--token-file", token.toString())
                        .messages())
                .contains("one token");
    }
}
