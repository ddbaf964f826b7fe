// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.report.Block;
import org.sllmr.report.ReportModel;
import org.sllmr.report.ReportPage;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.chart.ChartImage;
import org.sllmr.report.chart.Markup;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static final String HOSTILE =
            "Shop </style></script><script>alert(1)</script> \"q\" 'a' & <img src=x onerror=y>";

    @TempDir
    Path folder;

    private QuickstartReport report(String dataName, int seeds) {
        return ReportFixture.report(folder.resolve("runs"), dataName, seeds);
    }

    @Test
    void requestsNothingAndRunsNothing() {
        String html = ReportPage.render(report("Demo shop", 5).model());
        assertThat(html)
                .contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\"")
                .doesNotContainPattern("(?i)<(script|link|img|iframe|object|embed|source|video|audio|base)\\b")
                .doesNotContainPattern("(?i)\\b(src|srcset|data|action|formaction|xlink:href)\\s*=")
                .doesNotContainPattern("(?i)@import|url\\s*\\(|https?:")
                .doesNotContainPattern("(?i)\\son[a-z]+\\s*=");
        assertThat(hrefs(html)).isNotEmpty().allSatisfy(href -> assertThat(href).startsWith("#"));
        for (String href : hrefs(html)) {
            assertThat(html).contains("id=\"" + href.substring(1) + "\"");
        }
    }

    @Test
    void isWellFormedAndSmall() throws Exception {
        String html = ReportPage.render(report("Demo shop", 5).model());
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_500_000);
        Document page = parse(html.replaceAll("(<meta [^>]*)>", "$1/>"));
        assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(6);
    }

    @Test
    void everyChartHasMarksTextAndATable() {
        ReportModel model = report("Demo shop", 5).model();
        String html = ReportPage.render(model);
        List<Chart> charts = new ArrayList<>();
        model.sections()
                .forEach(section -> section.blocks().forEach(block -> {
                    if (block instanceof Block.Charts some) {
                        charts.addAll(some.charts());
                    }
                }));
        assertThat(charts).hasSize(6);
        for (Chart chart : charts) {
            assertThat(chart.description()).isNotBlank();
            assertThat(chart.drawing().markup())
                    .containsPattern("<(circle|path|rect|polyline) ")
                    .doesNotContain("NaN");
            assertThat(html)
                    .contains("aria-label=\"" + Markup.escape(chart.title()))
                    .contains("The numbers: " + Markup.escape(chart.title()));
            assertThat(chart.table().rows()).isNotEmpty();
            for (List<String> row : chart.table().rows()) {
                for (String cell : row) {
                    assertThat(html).contains(">" + Markup.escape(cell) + "<");
                }
            }
        }
        assertThat(html.split("<details>", -1)).hasSize(charts.size() + 1);
    }

    @Test
    void hostileTextStaysText() throws Exception {
        String plain = ReportPage.render(report("Demo shop", 2).model());
        QuickstartReport hostile = ReportFixture.report(folder.resolve("hostile"), HOSTILE, 2);
        String html = ReportPage.render(hostile.model());
        assertThat(html).contains(Markup.escape(HOSTILE)).doesNotContain("<script", "<img");
        assertThat(tags(html)).isEqualTo(tags(plain));
        parse(html.replaceAll("(<meta [^>]*)>", "$1/>"));
    }

    @Test
    void headlinesMatchTheVerdicts() {
        ReportModel model = report("Demo shop", 5).model();
        assertThat(model.headline())
                .isEqualTo("S-LLMR raised AUC for cold users and on long-tail samples, and did not"
                        + " change it significantly overall.");
        ReportModel one =
                ReportFixture.report(folder.resolve("one"), "Demo shop", 1).model();
        assertThat(one.headline()).isEqualTo("Too few seeds to tell whether S-LLMR changed AUC.");
        assertThat(ReportPage.render(one)).doesNotContain("NaN");
    }

    @Test
    void sameModelGivesTheSameBytes() {
        QuickstartReport report = report("Demo shop", 3);
        assertThat(ReportPage.render(report.model())).isEqualTo(ReportPage.render(report.model()));
    }

    @Test
    void writesAtomically() throws IOException {
        ReportModel model = report("Demo shop", 2).model();
        Path file = folder.resolve("out/report.html");
        ReportPage.write(model, file);
        ReportPage.write(model, file);
        assertThat(file).hasContent(ReportPage.render(model));
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
        assertThatThrownBy(() -> ReportPage.write(model, file.resolve("below-a-file")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("below-a-file");
    }

    @Test
    void chartsAreAlsoAnImageFile() throws Exception {
        QuickstartReport report = report(HOSTILE, 5);
        String picture = ChartImage.render(ResultCharts.of(report.table(), "DeepFM alone", "S-LLMR"));
        Document document = parse(picture);
        assertThat(document.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(19);
    }

    private static List<String> hrefs(String html) {
        return all("href=\"([^\"]*)\"", html);
    }

    private static List<String> tags(String html) {
        return all("<(/?[a-z0-9]+)", html);
    }

    private static List<String> all(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(new InputSource(new StringReader(xml.replace("<!doctype html>", ""))));
    }
}
