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
    void itsPolicyStopsWhatItDoesNotHold() throws Exception {
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
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("browser ends").isTrue();
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
