// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report;

import java.util.ArrayDeque;
import java.util.Deque;
import org.sllmr.report.chart.Markup;

/** Writes HTML: escapes all text, and checks that every opened element is closed. */
final class HtmlWriter {
    private final StringBuilder html = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes alternate names and values. */
    HtmlWriter open(String element, String... attributes) {
        tag(element, attributes);
        open.push(element);
        return this;
    }

    /** Closes the element opened last. */
    HtmlWriter close() {
        html.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element that contains only text. */
    HtmlWriter element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** An element without content, such as {@code meta}. */
    HtmlWriter empty(String element, String... attributes) {
        tag(element, attributes);
        return this;
    }

    HtmlWriter text(String text) {
        html.append(Markup.escape(text));
        return this;
    }

    /**
     * Writes markup unescaped: for drawings and style sheets of this program only, never for anything read from data.
     */
    HtmlWriter own(String markup) {
        html.append(markup);
        return this;
    }

    HtmlWriter line() {
        html.append('\n');
        return this;
    }

    /** The document; every element must have been closed. */
    String html() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return html.toString();
    }

    private void tag(String element, String... attributes) {
        html.append('<').append(element);
        for (int index = 0; index < attributes.length; index += 2) {
            html.append(' ').append(attributes[index]).append("=\"");
            html.append(Markup.escape(attributes[index + 1])).append('"');
        }
        html.append('>');
    }
}
