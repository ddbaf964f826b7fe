// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

/** A way to write a result table as text. */
public sealed interface TableFormat permits TerminalFormat, MarkdownFormat, LatexFormat {
    /** The table, ending with a line break. */
    String render(ResultTable table);
}
