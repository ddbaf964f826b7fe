// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report;

import java.util.List;
import org.sllmr.report.table.Tone;

/**
 * The contents of a report; {@link ReportPage} decides its appearance.
 *
 * @param title name of the report, for the browser's tab
 * @param headline the result in one sentence
 * @param lead what was compared and how, in paragraphs
 * @param findings the numbers to see first
 * @param sections the rest, in order
 */
public record ReportModel(
        String title, String headline, List<String> lead, List<Finding> findings, List<Section> sections) {
    /** Copies the lists. */
    public ReportModel {
        lead = List.copyOf(lead);
        findings = List.copyOf(findings);
        sections = List.copyOf(sections);
    }

    /**
     * A number to see first.
     *
     * @param label what the number is
     * @param value the number
     * @param remark a comment on it
     * @param tone its colour
     */
    public record Finding(String label, String value, String remark, Tone tone) {}

    /**
     * A section of the report.
     *
     * @param id its anchor: lower-case letters, digits and hyphens
     * @param title its heading
     * @param blocks its contents
     */
    public record Section(String id, String title, List<Block> blocks) {
        /** Checks the anchor and copies the blocks. */
        public Section {
            if (!id.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException(
                        "section id '" + id + "' is not lower-case letters, digits and" + " hyphens");
            }
            blocks = List.copyOf(blocks);
        }
    }
}
