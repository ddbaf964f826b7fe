// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.report.ReportPage;

/** The page in a real browser, where one is installed. */
class ReportBrowserTest {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir
    Path folder;

    @Test
    void drawsWithoutAnyConsoleMessage() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "skipped: no Chromium on the PATH, so the page was not opened in a browser");
        Path page = folder.resolve("report.html");
        ReportPage.write(
                ReportFixture.report(folder.resolve("runs"), "Demo shop", 5).model(), page);

        Output output = run(browser.get(), "--dump-dom", page.toUri().toString());

        assertThat(output.dom()).contains("<circle class=\"mark", "<polyline class=\"course", "<rect class=\"bar");
        assertThat(output.messages()).doesNotContain(":CONSOLE");
    }

    @Test
    void itsPolicyBlocksExternalContent() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "skipped: no Chromium on the PATH, so the policy was not tried in a browser");
        String html = ReportPage.render(
                ReportFixture.report(folder.resolve("runs"), "Demo shop", 2).model());
        Path page = folder.resolve("changed.html");
        Files.writeString(page, html.replace("</main>", "<script>document.title = 'ran'</script></main>"));

        Output output = run(browser.get(), "--dump-dom", page.toUri().toString());

        assertThat(output.dom()).doesNotContain("<title>ran</title>");
        assertThat(output.messages()).as("the console is seen by this test").contains(":CONSOLE");
    }

    /** Measures a page in frames of several widths: overflowing elements, and scrolling tables without a cue. */
    private static final String MEASURING = """
            <!doctype html><meta charset="utf-8"><body>%s<script>
            onload = () => {
              const found = [];
              for (const frame of document.querySelectorAll('iframe')) {
                const width = frame.clientWidth, page = frame.contentDocument, view = frame.contentWindow;
                const say = (what, element) => found.push(width + ' px: ' + what + ' ' + element.tagName + '.'
                  + element.getAttribute('class') + ' ' + element.textContent.trim().slice(0, 40));
                if (page.documentElement.scrollWidth > width) say('the page scrolls sideways', page.body);
                for (const element of page.querySelectorAll('body *')) {
                  const own = element.closest('.scroll, pre, svg, .skip, caption, details:not([open])');
                  if (!own && element.getBoundingClientRect().right > width + 1) say('sticks out', element);
                }
                for (const text of page.querySelectorAll('svg text')) {
                  const box = text.getBoundingClientRect(), svg = text.closest('svg').getBoundingClientRect();
                  if (box.width && (box.right > svg.right + 2 || box.left < svg.left - 2)) say('leaves its chart', text);
                }
                let scrolling = 0;
                for (const table of page.querySelectorAll('main > section > .scroll')) {
                  if (table.scrollWidth <= table.clientWidth + 1) continue;
                  scrolling++;
                  const shaded = view.getComputedStyle(table).backgroundImage.includes('gradient');
                  const bar = table.offsetHeight - table.clientHeight;
                  if (!shaded || bar < 6) say('scrolls without a cue, bar ' + bar, table);
                  if (width >= 1280) say('is cut', table);
                }
                found.push('measured at ' + width + ', ' + scrolling + ' scrolling');
              }
              document.body.textContent = found.join('\\n');
            };
            </script>""";

    @Test
    void fitsEveryScreenAndMarksScrollingTables() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "skipped: no Chromium on the PATH, so the page was not measured in a browser");
        String html = ReportPage.render(
                ReportFixture.report(folder.resolve("runs"), "Demo shop", 5).model());
        StringBuilder frames = new StringBuilder();
        for (int width : new int[] {1280, 800, 500, 360}) {
            frames.append("<iframe style=\"border:0;height:900px;width:")
                    .append(width)
                    .append("px\" srcdoc=\"");
            frames.append(html.replace("&", "&amp;").replace("\"", "&quot;")).append("\"></iframe>");
        }
        Path page = folder.resolve("frames.html");
        Files.writeString(page, MEASURING.formatted(frames));

        String found = "";
        // On a busy machine a scroll bar may be laid out after the page was measured.
        for (int attempt = 0; attempt < 3 && !isMeasured(found); attempt++) {
            Output output = run(
                    browser.get(),
                    "--window-size=1600,1200",
                    "--dump-dom",
                    page.toUri().toString());
            found = output.dom().replaceAll("(?s).*<body>|</body>.*", "");
        }
        assertThat(found.lines()).as(found).hasSize(4).allMatch(line -> line.startsWith("measured at "));
        assertThat(found).contains("measured at 1280, 0 scrolling").containsPattern("measured at 360, [1-9]");
    }

    private static boolean isMeasured(String found) {
        return !found.isEmpty() && found.lines().allMatch(line -> line.startsWith("measured at "));
    }

    private record Output(String dom, String messages) {}

    private Output run(Path browser, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        File dom = folder.resolve("dom").toFile();
        File messages = folder.resolve("messages").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom)
                .redirectError(messages)
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS))
                    .as("browser ends")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Output(Files.readString(dom.toPath()), Files.readString(messages.toPath()));
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
