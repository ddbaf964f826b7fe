// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.serving.http.ServerSettings;

/** The page in a real browser. */
class PageTest {
    private static final String ENTER = "\uE007";
    private static final String TAB = "\uE004";

    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.isThere(), "skipped: no Chromium with its driver on the PATH, so the page was not tried");
        server = new ServerFixture(
                ServerSettings.defaults(),
                ServerFixture.bundle(folder.resolve("one"), "one"),
                ServerFixture.FIXTURE.write(
                        folder.resolve("two"), "two", org.sllmr.bundle.format.HistoryForm.HASHED, false));
        browser = Browser.start(folder.resolve("profile"), 1200, 900);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static void open() throws Exception {
        browser.open(server.server.address());
        browser.await("document.querySelectorAll('#first option').length === 2");
    }

    @Test
    void searchesBuildsAHistoryAndCompares() throws Exception {
        open();
        browser.type("#words", "title 7");
        browser.await("document.querySelectorAll('#found button').length > 0");
        browser.click("#found li:first-child button");
        browser.await("document.querySelectorAll('#first-items li').length === 20");
        browser.await("document.querySelectorAll('#second-items li').length === 20");
        assertThat(browser.run("return document.querySelectorAll('#history li').length")
                        .asInt())
                .isEqualTo(1);
        // Both bundles hold the same model, so nothing moved.
        assertThat(browser.run(
                                "return [...document.querySelectorAll('.move')].every(m => m.textContent === 'same place')")
                        .asBoolean())
                .isTrue();
        assertThat(browser.run("return document.getElementById('first-note').textContent")
                        .asString())
                .contains("long-tail")
                .contains("1 items of the history count");
        browser.await("document.querySelector('#first-items .why')");
        browser.click("#history button");
        browser.await("document.querySelectorAll('#first-items li').length === 0");
    }

    @Test
    void worksByKeyboardAndShowsAUser() throws Exception {
        open();
        browser.click("#user");
        for (String letter : "u3".split("")) {
            browser.press(letter);
        }
        browser.press(ENTER);
        browser.await("document.querySelectorAll('#history li').length === "
                + ServerFixture.FIXTURE.history(3).size());
        browser.await("document.querySelectorAll('#first-items li').length === 20");
        assertThat(browser.run("return document.getElementById('who').textContent")
                        .asString())
                .contains("User u3");
        browser.press(TAB);
        assertThat(browser.run("return document.activeElement.id").asString()).isEqualTo("load");
        browser.press(TAB);
        assertThat(browser.run("return document.activeElement.id").asString()).isEqualTo("clear");
        browser.press(ENTER);
        browser.await("document.querySelectorAll('#history li').length === 0");
    }

    @Test
    void showsWhatWentWrong() throws Exception {
        open();
        browser.click("#load");
        browser.await("document.getElementById('problem').textContent === 'Name a user.'");
        browser.run("history.push; document.getElementById('first').options[0].value = 'gone'");
        browser.type("#words", "title");
        browser.await("document.getElementById('problem').textContent.includes('there is no model')");
    }

    @Test
    void fitsAPhoneAndLoadsNothingFromElsewhere() throws Exception {
        try (Browser phone = Browser.start(folder.resolve("phone"), 500, 800)) {
            phone.open(server.server.address());
            phone.await("document.querySelectorAll('#first option').length === 2");
            phone.type("#words", "title 7");
            phone.await("document.querySelectorAll('#found button').length > 0");
            phone.click("#found li:first-child button");
            phone.await("document.querySelectorAll('#second-items li').length === 20");
            assertThat(phone.run("return document.documentElement.scrollWidth <= window.innerWidth")
                            .asBoolean())
                    .isTrue();
            assertThat(phone.run("return performance.getEntriesByType('resource').filter(r => !r.name.startsWith("
                                    + "location.origin)).map(r => r.name)")
                            .toString())
                    .isEqualTo("[]");
        }
    }

    @Test
    void asksForTheToken(@TempDir Path other) throws Exception {
        try (ServerFixture guarded = new ServerFixture(
                ServerSettings.defaults().with(Optional.of("secret-token")),
                ServerFixture.bundle(other.resolve("one"), "one"))) {
            browser.open(guarded.server.address());
            browser.await("!document.getElementById('token-box').hidden");
            browser.type("#token", "secret-token\uE007");
            browser.await("document.querySelectorAll('#first option').length === 1");
        }
    }
}
