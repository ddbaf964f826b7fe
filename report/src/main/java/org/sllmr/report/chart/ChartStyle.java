// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet of all charts, with colours for light and dark themes, shared by pages and image files. */
public final class ChartStyle {
    private ChartStyle() {}

    /** The style sheet. */
    public static String css() {
        try (InputStream resource = ChartStyle.class.getResourceAsStream("chart.css")) {
            if (resource == null) {
                throw new IllegalStateException("chart.css is missing beside " + ChartStyle.class.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
