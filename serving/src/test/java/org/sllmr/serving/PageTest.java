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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    /** The elements with a text of their own whose colour is too near to that behind it, with the contrast. */
    private static final String HARD_TO_READ = """
            const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
            const light = colour => {
              const [r, g, b] = numbers(colour).slice(0, 3).map(value => value / 255)
                .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4);
              return .2126 * r + .7152 * g + .0722 * b;
            };
            const behind = element => {
              const colour = getComputedStyle(element).backgroundColor;
              return numbers(colour).length < 4 || numbers(colour)[3] > 0 ? colour : behind(element.parentElement);
            };
            return [...document.querySelectorAll('body *')]
              .filter(element => element.offsetParent && [...element.childNodes].some(node => node.nodeType === 3
                && node.textContent.trim()))
              .map(element => {
                const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
                return [element.outerHTML.slice(0, 80), (Math.max(one, other) + .05) / (Math.min(one, other) + .05)];
              })
              .filter(([, contrast]) => contrast < 4.5);
            """;

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

    /** From the top of the page with no key but Tab, Enter, Escape and letters. */
    @Test
    void theWholeWayWorksWithoutAMouse() throws Exception {
        open();
        tabTo("document.activeElement.id === 'words'");
        for (String letter : "title 7".split("")) {
            browser.press(letter);
        }
        browser.await("document.querySelectorAll('#found button').length > 1");
        tabTo("document.activeElement.matches('#found li:nth-child(1) button')");
        browser.press(ENTER);
        browser.press(TAB);
        browser.press(ENTER);
        browser.await("document.querySelectorAll('#history li').length === 2");
        assertThat(browser.run("return document.activeElement.matches('#found li:nth-child(2) button')")
                        .asBoolean())
                .as("the focus stays where it was")
                .isTrue();
        browser.await("document.querySelectorAll('#second-items li').length === 20");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle")
                        .asString())
                .as("the focus is seen")
                .isEqualTo("solid");
        tabTo("document.activeElement.matches('#history li:nth-child(1) button')");
        browser.press(ENTER);
        browser.await("document.activeElement.matches('#history li:nth-child(1) button')");
        browser.press(ENTER);
        browser.await("document.querySelectorAll('#history li').length === 0 && document.activeElement.id === 'words'");
    }

    private static void tabTo(String there) throws Exception {
        for (int tabs = 0; tabs < 60; tabs++) {
            if (browser.run("return " + there).asBoolean()) {
                return;
            }
            browser.press(TAB);
        }
        throw new AssertionError("no Tab leads to where " + there);
    }

    /** Every text stands out from what is behind it by 4.5 to 1, as WCAG 2.2 asks for, in the light and in the dark. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyTextCanBeRead(String scheme) throws Exception {
        browser.colours(scheme);
        try {
            open();
            browser.type("#words", "title 7");
            browser.await("document.querySelectorAll('#found button').length > 0");
            browser.click("#found li:first-child button");
            browser.await("document.querySelectorAll('#second-items li').length === 20");
            browser.await("document.querySelector('.tail, .move')");
            browser.run("problem('Something went wrong.')");
            assertThat(browser.run("return getComputedStyle(document.body).backgroundColor")
                            .asString())
                    .isEqualTo(scheme.equals("dark") ? "rgb(20, 23, 26)" : "rgb(255, 255, 255)");
            assertThat(browser.run(HARD_TO_READ).toString()).isEqualTo("[]");
        } finally {
            browser.colours("light");
        }
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
