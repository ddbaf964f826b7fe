// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.WholeFile;
import org.sllmr.report.ReportModel.Finding;
import org.sllmr.report.ReportModel.Section;
import org.sllmr.report.chart.ChartStyle;

/**
 * A report as one self-contained HTML file: no network, no script, no other file.
 *
 * <p>Its content security policy forbids every request, so nobody is notified when it is opened. The same model gives
 * the same bytes.
 */
public final class ReportPage {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private ReportPage() {}

    /** The page as text. */
    public static String render(ReportModel model) {
        HtmlWriter html = new HtmlWriter();
        html.own("<!doctype html>\n").open("html", "lang", "en").line();
        head(model, html);
        html.open("body").line();
        html.element("a", "Skip to the results", "class", "skip", "href", "#" + firstSection(model))
                .line();
        header(model, html);
        html.open("main").line();
        for (Section section : model.sections()) {
            section(section, html);
        }
        html.close().line();
        html.open("footer").open("p");
        html.text("Made by sllmr. This page is self-contained and makes no network requests.");
        html.close().close().line();
        return html.close().line().close().line().html();
    }

    /**
     * Writes the page atomically.
     *
     * @throws InvalidInputException if it cannot be written
     */
    public static void write(ReportModel model, Path file) {
        try {
            WholeFile.write(file, render(model));
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "the report cannot be written: " + e.getMessage());
        }
    }

    private static void head(ReportModel model, HtmlWriter html) {
        html.open("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .line();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.empty("meta", "name", "color-scheme", "content", "light dark").line();
        html.element("title", model.title()).line();
        html.open("style").own("\n" + ChartStyle.css() + pageStyle()).close().line();
        html.close().line();
    }

    private static void header(ReportModel model, HtmlWriter html) {
        html.open("header").line();
        html.element("p", model.title(), "class", "eyebrow").line();
        html.element("h1", model.headline()).line();
        for (String paragraph : model.lead()) {
            html.element("p", paragraph, "class", "lead").line();
        }
        if (!model.findings().isEmpty()) {
            html.open("ul", "class", "findings").line();
            for (Finding finding : model.findings()) {
                html.open("li", "class", "finding " + finding.tone().name().toLowerCase(Locale.ROOT));
                html.element("span", finding.label(), "class", "what");
                html.element("strong", finding.value());
                html.element("span", finding.remark(), "class", "remark");
                html.close().line();
            }
            html.close().line();
        }
        html.open("nav", "aria-label", "Sections");
        for (Section section : model.sections()) {
            html.element("a", section.title(), "href", "#" + section.id()).text(" ");
        }
        html.close().line();
        html.close().line();
    }

    private static void section(Section section, HtmlWriter html) {
        html.open("section", "id", section.id(), "aria-labelledby", section.id() + "-title")
                .line();
        html.element("h2", section.title(), "id", section.id() + "-title").line();
        for (Block block : section.blocks()) {
            BlockWriter.write(block, html);
            html.line();
        }
        html.close().line();
    }

    private static String firstSection(ReportModel model) {
        return model.sections().isEmpty() ? "" : model.sections().get(0).id();
    }

    private static String pageStyle() {
        try (InputStream resource = ReportPage.class.getResourceAsStream("report.css")) {
            if (resource == null) {
                throw new IllegalStateException("report.css is missing beside " + ReportPage.class.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
