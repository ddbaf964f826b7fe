// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.report.Block;
import org.sllmr.report.ReportModel;
import org.sllmr.report.ReportPage;

/** Names from data and users may contain anything. */
class HostileNamesTest {
    static final List<String> NAMES = List.of(
            "\\input{/etc/passwd}",
            "\\write18{id} \\\\ \\end{tabular}",
            "50 % & more_of {this} #1 $x$ ~ ^ | ` \" '",
            "[x] after a row",
            "* after a row",
            "<script>alert(1)</script>",
            "![img](http://host/x) [link](javascript:alert(1))",
            "a | b `code` **bold** ~~gone~~ &lt; $math$",
            "=cmd|' /C calc'!A0",
            "two\nlines\r\n% and \\end{document}",
            "\u001b[31mred\u001b[0m \u0007 bell",
            "\u202Eevil",
            "half \ud800 a pair",
            "--- minus -5 e-mail -");

    @TempDir
    private Path folder;

    static Table table(String name) {
        return new Table(
                name,
                List.of(
                        Table.Column.name(name),
                        Table.Column.number("number"),
                        new Table.Column("Verdict", Table.Kind.VERDICT, false)),
                List.of(new Table.Group(
                        name,
                        List.of(
                                new Table.Row(List.of(name, "1", name), Tone.GOOD),
                                new Table.Row(List.of("plain", "-0.5", "worse"), Tone.BAD)))),
                name);
    }

    static List<String> names() {
        return NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void noFormatLetsControlCharactersThroughOrBreaksARow(String name) {
        Table table = table(name);
        for (String text : List.of(
                new TerminalFormat(80, false).render(table),
                new MarkdownFormat().render(table),
                new LatexFormat().render(table))) {
            assertThat(text.replace("\n", "").chars()).as(text).allMatch(c -> c >= 0x20 && c != 0x7f);
            assertThat(text).doesNotContain("\u202E", "\ud800");
        }
        assertThat(new MarkdownFormat().render(table).lines().filter(line -> line.startsWith("| ")))
                .as("heading, group, two rows")
                .hasSize(4);
        assertThat(new LatexFormat().render(table).lines()).hasSize(11);
    }

    @ParameterizedTest
    @MethodSource("names")
    void markdownShowsThemAsTheyAre(String name) {
        String escaped = MarkdownFormat.escape(name);
        assertThat(escaped).doesNotContain("<", ">");
        assertThat(escaped.replaceAll("\\\\[\\\\`*_|\\[\\]#~$!]", ""))
                .as("every other character that Markdown knows is escaped")
                .doesNotContainPattern("[\\\\`*_|\\[\\]#~$!]");
    }

    @ParameterizedTest
    @MethodSource("names")
    void latexContainsNoCommandFromAName(String name) {
        String escaped = LatexFormat.escape(name);
        String rest = escaped.replaceAll(
                "\\\\text(backslash|asciitilde|asciicircum|bar|asciigrave)\\{\\}|\\\\[&%$#_{}]"
                        + "|\\$(<|>|-|\\\\pm)\\$|\\{[\\[*]\\}|-\\{\\}",
                "");
        assertThat(rest).doesNotContainPattern("[\\\\&%$#_{}~^|`<>\\[*]");
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageContainsNoElementFromAName(String name) {
        String plain = page("plain");
        String nasty = page(name);
        assertThat(nasty.replaceAll("[^<]", "").length())
                .isEqualTo(plain.replaceAll("[^<]", "").length());
        assertThat(nasty.replaceAll("[\n\t]", "").chars()).allMatch(c -> c >= 0x20 && c != 0x7f);
        assertThat(nasty).doesNotContain("\u202E", "\ud800");
    }

    private static String page(String name) {
        return ReportPage.render(new ReportModel(
                name,
                name,
                List.of(name),
                List.of(),
                List.of(new ReportModel.Section("one", name, List.of(new Block.Rows(table(name)))))));
    }

    @Test
    void latexCompiles() throws Exception {
        Optional<Path> pdflatex = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, "pdflatex"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(pdflatex.isPresent(), "skipped: no pdflatex on the PATH, so the tables were not compiled");
        StringBuilder document = new StringBuilder(
                "\\documentclass{article}\n\\usepackage{booktabs,textcomp}\n" + "\\begin{document}\n");
        for (String name : NAMES) {
            document.append(new LatexFormat().render(table(name))).append("\n\n");
        }
        Files.writeString(folder.resolve("tables.tex"), document + "\\end{document}\n");
        assertThat(run(pdflatex.get(), "-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", "tables.tex"))
                .as("%s", folder.resolve("tables.log"))
                .isZero();
    }

    private int run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("pdflatex ends").isTrue();
        return process.exitValue();
    }
}
