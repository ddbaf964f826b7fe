// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report;

import java.util.List;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.table.Table;

/** A block of a report's section. */
public sealed interface Block {
    /** Plain text. */
    record Paragraph(String text) implements Block {}

    /** Charts, side by side if the page is wide enough, each with its numbers. */
    record Charts(List<Chart> charts) implements Block {
        /** Copies the charts. */
        public Charts {
            charts = List.copyOf(charts);
        }
    }

    /** A table. */
    record Rows(Table table) implements Block {}

    /** Names and values, such as provenance. */
    record Facts(List<Fact> facts) implements Block {
        /** Copies the facts. */
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** A name and its value. */
    record Fact(String name, String value) {}

    /** A file or command to copy. */
    record Code(String caption, String text) implements Block {}
}
