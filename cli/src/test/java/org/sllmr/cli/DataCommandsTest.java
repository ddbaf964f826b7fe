// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.data.file.FolderLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands about datasets, on files of a few lines. */
class DataCommandsTest {
    @TempDir
    private Path folder;

    private Path log;
    private Path items;

    @BeforeEach
    void aShop() throws IOException {
        log = write("log.tsv", """
                user\titem\ttime\tdevice
                u1\ta\t1\tphone
                u1\tb\t2\tphone
                u1\tc\t3\tdesk
                u1\td\t4\tdesk
                u2\tc\t1\tphone
                u2\tb\t2\tphone
                u2\ta\t4\tphone
                u3\te\t1\tdesk
                u3\tb\t2\tdesk
                u3\ta\t2\tdesk
                """);
        items = write("items.tsv", """
                item\ttitle\tbrand\tcategories
                a\tRed polish\tOPI\tBeauty > Nails || Gifts
                b\tBlue shampoo\tDove\tBeauty > Hair
                c\tGreen comb\tKent\tBeauty > Hair
                d\tGrey comb\t\tHair
                e\tWooden comb\tKent\tHair
                f\tUnsold comb\tKent\tHair
                """);
    }

    @Test
    void optionsMakeADatasetThatDescribeCounts() throws IOException {
        Path users = write("users.tsv", "user\tcountry\nu1\tFR\nu2\tDE\n");
        Invocation prepared = prepare(
                "--items",
                items.toString(),
                "--item-field",
                "brand",
                "categories: > | \\|\\| ",
                "--item-text",
                "title",
                "brand",
                "--users",
                users.toString(),
                "--user-field",
                "country",
                "--context",
                "device",
                "--name",
                "tiny");
        assertThat(prepared.messages()).contains("reading log.tsv: ", "writing ");
        assertThat(prepared.results())
                .isEqualTo(lines(out() + ": 3 users, 5 items, 10 interactions", "Next: sllmr data describe " + out()));
        JsonNode described = json(run("data", "describe", out(), "--json", "--verify"));
        assertThat(described.propertyNames())
                .contains(
                        "users",
                        "items",
                        "interactions",
                        "trainingSamples",
                        "validationSamples",
                        "testSamples",
                        "coldTrainingSamples",
                        "longTailItems");
        assertThat(described.path("name").asString()).isEqualTo("tiny");
        assertThat(described.path("trainingSamples").asInt()).isEqualTo(2 * (10 - 3 * 3));
        List<String> fields = new ArrayList<>();
        for (JsonNode field : described.path("fields")) {
            fields.add(field.path("side").asString() + " " + field.path("name").asString() + " "
                    + field.path("values").asInt() + " " + field.path("widest").asInt());
        }
        assertThat(fields)
                .containsExactly("user country 2 1", "item brand 3 1", "item categories 4 3", "context device 2 1");
        assertThat(run("data", "describe", out()).results())
                .contains("tiny, content " + described.path("hash").asString())
                .containsPattern("training samples +2")
                .containsPattern("item brand +3 +80.0 % +1")
                .contains("from 1970-01-01 to 1970-01-01");
    }

    @Test
    void describeListsNumbersAndVectors() throws IOException {
        Path priced = write("priced.tsv", """
                item\tprice\timage
                a\t2.5\t1 0 0
                b\t\t0 1 0
                c\t7.5\t0 0 0
                d\t-1\t0 0 1
                e\t3\t1 1 1
                """);
        prepare("--items", priced.toString(), "--item-numbers", "price", "--item-vectors", "image");
        JsonNode described = json(run("data", "describe", out(), "--json"));
        JsonNode price = described.path("numbers").path(0);
        assertThat(price.path("side").asString() + " " + price.path("name").asString())
                .isEqualTo("item price");
        assertThat(price.path("coverage").asDouble()).isEqualTo(0.8);
        assertThat(price.path("least").asDouble()).isEqualTo(-1);
        assertThat(price.path("mean").asDouble()).isEqualTo(3);
        assertThat(price.path("greatest").asDouble()).isEqualTo(7.5);
        JsonNode image = described.path("vectors").path(0);
        assertThat(image.path("width").asInt()).isEqualTo(3);
        assertThat(image.path("coverage").asDouble()).isEqualTo(0.8);
        assertThat(run("data", "describe", out()).results())
                .containsPattern("item price +80.0 % +-1.00000 +3.00000 +7.50000")
                .containsPattern("item image +3 +80.0 %");
    }

    @Test
    void aFileOfSettingsAndTheSameOptionsMakeTheSameData() throws IOException {
        Path yaml = write("shop.yaml", """
                name: shop
                sources:
                  interactions: {file: {path: %s}, user: user, item: item, time: time}
                  items:
                    file: {path: %s}
                    item: item
                    fields: [{name: brand, column: brand}]
                    texts: [title]
                """.formatted(log, items));
        JsonNode options =
                json(prepare("--items", items.toString(), "--item-field", "brand", "--item-text", "title", "--json"));
        Invocation file = run(
                "data",
                "prepare",
                "--config",
                yaml.toString(),
                "--json",
                "--out",
                folder.resolve("2").toString());
        assertThat(json(file).path("hash")).isEqualTo(options.path("hash"));
        assertThat(json(file).path("name").asString()).isEqualTo("shop");
        Invocation seeded = run(
                "data",
                "prepare",
                "--config",
                yaml.toString(),
                "--json",
                "--negatives",
                "3",
                "--set",
                "split.keepUnseenItems=true",
                "--name",
                "it's: another",
                "--out",
                folder.resolve("3").toString());
        assertThat(json(seeded).path("items").asInt()).isEqualTo(6);
        assertThat(json(seeded).path("name").asString()).isEqualTo("it's: another");
        assertThat(json(run("data", "describe", "--json", folder.resolve("3").toString()))
                        .path("testSamples")
                        .asInt())
                .isEqualTo(3 * (1 + 3));
    }

    @Test
    void theOriginalAmazonFilesAreRead() throws IOException {
        Path reviews = gzip(
                "reviews_Toys_5.json.gz",
                Stream.of("ua", "ub", "uc", "ud", "vb", "vc", "ve")
                        .map(pair -> "{\"reviewerID\": \"" + pair.charAt(0) + "\", \"asin\": \"" + pair.charAt(1)
                                + "\", \"unixReviewTime\": 1}\n")
                        .toList());
        Path metadata = gzip(
                "meta_Toys.json.gz",
                Stream.of("a", "b", "c", "d", "e")
                        .map(item -> "{'asin': '" + item
                                + "', 'title': \"It's\", 'categories': [['Toys', 'Dolls'], ['Gifts']]}\n")
                        .toList());
        Invocation prepared =
                run("data", "prepare", "--amazon", reviews.toString(), metadata.toString(), "--out", out());
        assertThat(prepared.messages()).endsWith("brand' (present: asin, title, categories)" + System.lineSeparator());
        Files.delete(metadata);
        gzip(
                "meta_Toys.json.gz",
                Stream.of("a", "b", "c", "d", "e")
                        .map(item -> "{'asin': '" + item
                                + "', 'title': \"It's\", 'brand': 'X', 'categories': [['Toys', 'Dolls'], ['Gifts']]}\n")
                        .toList());
        prepared = run("data", "prepare", "--amazon", reviews.toString(), metadata.toString(), "--out", out());
        assertThat(prepared.results()).contains("2 users, 5 items, 7 interactions");
    }

    @Test
    void anExistingDatasetIsReplacedOnlyOnRequest() throws IOException {
        assertThat(prepare().code()).isZero();
        assertThat(prepare().messages()).contains("already contains a dataset", "--replace");
        assertThat(prepare("--replace", "--seed", "7").code()).isZero();
        try (FolderLock taken = FolderLock.beside(Path.of(out()), "'data prepare'")) {
            assertThat(taken.folder()).isNotNull();
            assertThat(prepare("--replace").messages()).contains("is in use by another 'data prepare'");
        }
        Path foreign = Files.createDirectory(folder.resolve("photos"));
        Files.writeString(foreign.resolve("cat.jpg"), "");
        Invocation refused = run(
                "data",
                "prepare",
                "--interactions",
                log.toString(),
                "--user",
                "user",
                "--item",
                "item",
                "--time",
                "time",
                "--replace",
                "--out",
                foreign.toString());
        assertThat(refused.messages()).contains("photos: exists and is not a dataset");
        assertThat(foreign.resolve("cat.jpg")).exists();
    }

    @Test
    void theDefaultSplitCanBeNamed() {
        String plain = json(prepare("--json")).path("hash").asString();
        assertThat(json(prepare("--split", "leave-one-out", "--replace", "--json"))
                        .path("hash")
                        .asString())
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --time tme                                 | 1 | log.tsv:1: has no column 'tme'; did you mean 'time'?
                    --time device                              | 1 | log.tsv:2: time 'phone' in column 'device' is not
                    --time time --core 5                       | 1 | split.core: is 5, but the 5-core has no interactions
                    --time time --core -1 --negatives 0        | 1 | --core: is -1, allowed is 0 to 1000
                    --time time --core -1 --negatives 0        | 1 | --negatives: is 0, allowed is 1 to 1000
                    --time time --set split.coer=5             | 1 | --set split.coer: is not a setting; did you mean
                    --time time --set core=5                   | 1 | did you mean 'split.core'?
                    --time time --delimiter ;                  | 1 | log.tsv:1: has no column 'user'
                    --time time --context device:/(/           | 1 | --context: is '(', which is not a regular expression
                    --time item                                | 1 | is a column of ids
                    --time time --position user                | 1 | is a column of ids
                    --time time --test-from 2030-01-01         | 1 | sllmr: --test-from: is set, but validationFrom is not
                    --item-text title                          | 2 | --time or --position is needed
                    --time time --item-text title              | 2 | --item-text needs --items FILE
                    --time time --user-field country           | 2 | --user-field needs --users FILE
                    --time time --config x.yaml                | 2 | --interactions and --config both name what to prepare
                    --time time --amazon a b                   | 2 | --interactions and --amazon both name what to prepare
                    --time time --time-format hours            | 2 | '--time-format'
                    """)
    void problemsAreNamedAndNothingIsLeft(String options, int code, String message) throws IOException {
        Invocation invocation = prepare(options.split(" "));
        assertThat(invocation.code()).isEqualTo(code);
        assertThat(invocation.results()).isEmpty();
        assertThat(invocation.messages()).contains(message);
        assertThat(names()).containsExactlyInAnyOrder("log.tsv", "items.tsv");
    }

    @Test
    void oneColumnCannotBeUserAndItem() {
        Invocation invocation = run(
                "data",
                "prepare",
                "--interactions",
                log.toString(),
                "--user",
                "user",
                "--item",
                "user",
                "--time",
                "time",
                "--out",
                out());
        assertThat(invocation.code()).isEqualTo(1);
        assertThat(invocation.messages()).contains("is the column 'user', which is the user's too; name two columns");
    }

    @Test
    void truncatedFilesAreNamedWithTheirLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int row = 0; row < 3000; row++) {
                gzip.write(
                        (row == 0 ? "user\titem\ttime\n" : "u" + row % 97 + "\ti" + row * 31 % 57 + "\t" + row + "\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        Path cut = folder.resolve("cut.tsv.gz");
        Files.write(cut, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        log = cut;
        assertThat(prepare("--time", "time").messages())
                .containsPattern("cut.tsv.gz:\\d+: the compressed file is truncated");
        log = write("empty.tsv", "");
        assertThat(prepare("--time", "time").messages()).contains("empty.tsv: is empty");
        log = write("one.tsv", "user\titem\ttime\nu\ta\t1\n");
        assertThat(prepare("--time", "time").messages()).contains("one.tsv:2: user 'u' has 1 interaction", "--core 5");
        log = write("two.tsv", "user\titem\ttime\nu\ta\tx\nu\t\t2\n");
        assertThat(prepare("--time", "time").messages())
                .contains("2 problems", "two.tsv:2: time 'x'", "two.tsv:3: has no");
        log = folder.resolve("nothing.tsv");
        assertThat(prepare("--time", "time").messages()).contains("nothing.tsv: does not exist");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void allMistakesInASettingsFileAreReportedWithTheirLines() throws IOException {
        Path yaml = write("c.yaml", """
                name: tiny
                sources:
                  interactions: {file: {path: log.tsv}, user: user, itm: item, time: time}
                split:
                  negatives: 0
                """);
        Invocation invocation = run("data", "prepare", "--config", yaml.toString(), "--out", out());
        assertThat(invocation.code()).isEqualTo(1);
        assertThat(invocation.messages())
                .contains(
                        "c.yaml:3: sources.interactions.itm: is not a setting; did you mean 'item'?",
                        "c.yaml:3: sources.interactions.item: is missing",
                        "c.yaml:5: split.negatives: is 0, allowed is 1 to 1000");
        assertThat(run("data", "prepare", "--out", out()).messages()).contains("name what to prepare");
    }

    @Test
    void damagedAndForeignFoldersAreRefused() throws IOException {
        prepare("--time", "time");
        Path dataset = folder.resolve("out");
        Path column = dataset.resolve("negatives.test.i32");
        byte[] bytes = Files.readAllBytes(column);
        bytes[0] ^= 1;
        Files.write(column, bytes);
        assertThat(run("data", "describe", out(), "--verify").messages()).contains("negatives.test.i32: has SHA-256");
        Files.write(column, new byte[3]);
        assertThat(run("data", "describe", out())).satisfies(invocation -> {
            assertThat(invocation.code()).isEqualTo(1);
            assertThat(invocation.results()).isEmpty();
            assertThat(invocation.messages()).contains("has 3 bytes, its manifest says");
        });
        assertThat(run("data", "describe", folder.toString()).messages()).contains("is not a dataset");
        assertThat(run("data", "describe", folder + "/none").messages()).contains("is not a folder");
    }

    @Test
    void theDemoPrintsHowToPrepareIt() throws IOException {
        Path demo = folder.resolve("a demo");
        Invocation written = run("data", "demo", "--out", demo.toString(), "--users", "40", "--items", "200");
        assertThat(written.results()).startsWith(demo + ": 40 users, 200 items, ");
        String next = written.results().lines().toList().get(1);
        assertThat(next).startsWith("Next: sllmr data prepare --interactions '" + demo);
        List<String> words = shellWords(next.substring("Next: ".length()));
        Invocation prepared = run(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(prepared.code()).as(prepared.messages()).isZero();
        assertThat(prepared.results()).contains(": 40 users, ");
        assertThat(json(run("data", "describe", demo + "-dataset", "--json"))
                        .path("itemsWithoutText")
                        .asInt())
                .isZero();
        assertThat(run("data", "demo", "--out", demo.toString()).messages()).contains("is not empty");
        assertThat(run("data", "demo", "--out", folder + "/x", "--users", "1", "--items", "100")
                        .messages())
                .contains("2 problems", "--users: is 1, allowed is 10", "--items: is 100, allowed is 200");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void filesAreFetchedFromAFolderOrAnAddress() throws IOException {
        Map<String, byte[]> files =
                Map.of("reviews_Beauty_5.json.gz", new byte[] {1, 2, 3}, "meta_Beauty.json.gz", new byte[] {4, 5});
        Path mirror = Files.createDirectory(folder.resolve("mirror"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(mirror.resolve(file.getKey()), file.getValue());
        }
        Path copied = folder.resolve("copied");
        Invocation copy = run(
                "data", "fetch", "amazon-beauty", "--from", mirror.toString(), "--out", copied.toString(), "--json");
        assertThat(json(copy).path("files").get(0).path("bytes").asInt()).isEqualTo(3);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data/", exchange -> {
            byte[] body = files.get(exchange.getRequestURI().getPath().substring("/data/".length()));
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        try {
            String address = "http://localhost:" + server.getAddress().getPort() + "/data";
            Path loaded = folder.resolve("loaded");
            Invocation load = run("data", "fetch", "amazon-beauty", "--from", address, "--out", loaded.toString());
            assertThat(load.code()).as(load.messages()).isZero();
            assertThat(load.results()).contains("Next: sllmr data prepare --amazon " + loaded);
            assertThat(loaded.resolve("meta_Beauty.json.gz")).hasBinaryContent(new byte[] {4, 5});
            Invocation missing = run("data", "fetch", "amazon-toys", "--from", address, "--out", loaded.toString());
            assertThat(missing.code()).isEqualTo(1);
            assertThat(missing.messages()).contains("the server answered 404");
        } finally {
            server.stop(0);
        }
        assertThat(run("data", "fetch", "amazon-books", "--out", out()).messages())
                .contains("allowed is amazon-beauty");
        assertThat(run("data", "fetch", "amazon-toys", "--from", "ftp://a/b", "--out", out())
                        .messages())
                .contains("--from: is 'ftp://a/b'");
    }

    @Test
    void publishedCountsComeFromTheCommandLine() {
        Path beauty = Path.of(System.getProperty("sllmr.shared", ""), "data/amazon2014/Beauty");
        assumeTrue(Files.isDirectory(beauty), "the Amazon 2014 data are not here");
        Invocation prepared = run(
                "data",
                "prepare",
                "--interactions",
                beauty.resolve("interactions.tsv").toString(),
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--position",
                "position",
                "--items",
                beauty.resolve("items.tsv").toString(),
                "--item-field",
                "brand",
                "categories: > | \\|\\| ",
                "--item-text",
                "title",
                "brand",
                "categories",
                "--out",
                out());
        assertThat(prepared.code()).as(prepared.messages()).isZero();
        JsonNode counts = json(run("data", "describe", out(), "--json"));
        assertThat(counts.path("trainingSamples").asInt()).isEqualTo(262_826);
        assertThat(counts.path("coldTrainingSamples").asInt()).isEqualTo(119_854);
        assertThat(counts.path("testSamples").asInt()).isEqualTo(44_726);
    }

    private Invocation prepare(String... further) {
        List<String> words = new ArrayList<>(List.of(
                "data",
                "prepare",
                "--interactions",
                log.toString(),
                "--user",
                "user",
                "--item",
                "item",
                "--out",
                out()));
        if (Arrays.stream(further).noneMatch("--time"::equals)
                && !List.of(further).equals(List.of("--item-text", "title"))) {
            words.addAll(List.of("--time", "time"));
        }
        words.addAll(List.of(further));
        return run(words.toArray(String[]::new));
    }

    private static Invocation run(String... words) {
        return Invocation.of(Commands.ALL, words);
    }

    private static JsonNode json(Invocation invocation) {
        assertThat(invocation.code()).as(invocation.messages()).isZero();
        return new JsonMapper().readTree(invocation.results());
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path gzip(String name, List<String> lines) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(String.join("", lines).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** Splits a line as a shell does: at blanks outside single quotes. */
    private static List<String> shellWords(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
