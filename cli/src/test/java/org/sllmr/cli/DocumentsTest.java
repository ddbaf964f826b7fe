// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.cli.terminal.Terminal;

/** Rules for every page of the documentation except generated results. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LONGEST_LINE = 110;

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
    private static final Pattern MENTION = Pattern.compile("(?<![\\w/.-])docs/[\\w/-]+\\.(?:md|html|svg)");
    private static final Pattern COMMAND = Pattern.compile("\\./sllmr +((?:'[^']*'|\"[^\"]*\"|[^;|>#'\"])*)");
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|\\S)+");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.startsWith(ROOT.resolve("docs").resolve("results")))
                    .map(ROOT::relativize)
                    .sorted()
                    .forEach(pages::add);
        }
        assertThat(pages).hasSizeGreaterThan(20);
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        for (String link : links(page)) {
            int hash = link.indexOf('#');
            String file = hash < 0 ? link : link.substring(0, hash);
            Path target = file.isEmpty()
                    ? ROOT.resolve(page)
                    : ROOT.resolve(page).resolveSibling(file).normalize();
            assertThat(target).as("link %s of %s", link, page).exists();
            if (hash >= 0 && target.toString().endsWith(".md")) {
                assertThat(anchors(target)).as("link %s of %s", link, page).contains(link.substring(hash + 1));
            }
        }
    }

    @Test
    void everyPageIsLinkedFromTheReadme() throws IOException {
        Set<Path> linked = new HashSet<>();
        for (String link : links(Path.of("README.md"))) {
            linked.add(Path.of(link).normalize());
        }
        assertThat(pages().stream().filter(page -> page.startsWith("docs"))).allMatch(linked::contains);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void proseLinesAreShort(Path page) throws IOException {
        boolean code = false;
        for (String line : Files.readAllLines(ROOT.resolve(page))) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code && !line.startsWith("    ") && !line.startsWith("|") && !line.startsWith("![")) {
                assertThat(line.length()).as("length in %s of: %s", page, line).isLessThanOrEqualTo(LONGEST_LINE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsHaveOptionsThatExist(Path page) throws IOException {
        for (String command : commands(page)) {
            String[] words = WORD.matcher(command)
                    .results()
                    .map(MatchResult::group)
                    .map(word -> word.replaceAll("['\"]", ""))
                    .toArray(String[]::new);
            Terminal terminal =
                    new Terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), 0, System::nanoTime);
            assertThatCode(() -> Main.commandLine(terminal, Commands.ALL, new Failures(terminal))
                            .parseArgs(words))
                    .as("%s: ./sllmr %s", page, command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void commandsAreFound() throws IOException {
        int found = 0;
        for (Path page : pages()) {
            found += commands(page).size();
        }
        assertThat(found).isGreaterThan(80);
    }

    @Test
    void filesThatNamePagesNameOnesThatExist() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> configurations = Files.walk(ROOT.resolve("configurations"))) {
            configurations.filter(Files::isRegularFile).forEach(files::add);
        }
        files.add(ROOT.resolve("benchmarks").resolve("run"));
        for (Path file : files) {
            for (MatchResult mention :
                    MENTION.matcher(Files.readString(file)).results().toList()) {
                assertThat(ROOT.resolve(mention.group()))
                        .as("named in %s", file)
                        .exists();
            }
        }
    }

    /** Links to files of the project, without code. */
    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    /** The anchors of a page's headings. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : Files.readAllLines(page)) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                anchors.add(heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'));
            }
        }
        return anchors;
    }

    /** The arguments after {@code ./sllmr} in blocks of shell commands. */
    private static List<String> commands(Path page) throws IOException {
        StringBuilder blocks = new StringBuilder();
        boolean fenced = false;
        for (String line : Files.readAllLines(ROOT.resolve(page))) {
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (fenced || line.startsWith("    ")) {
                blocks.append(line.endsWith("\\") ? line.substring(0, line.length() - 1) : line + "\n");
            }
        }
        return blocks.toString()
                .lines()
                .flatMap(line -> COMMAND.matcher(line).results())
                .map(command -> command.group(1).strip())
                .toList();
    }
}
