// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.report.result.ResultTable.Row;

/** The rows of a table by dataset and backbone, under a heading each. */
final class TableGroups {
    private TableGroups() {}

    static Map<String, List<Row>> of(ResultTable table) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : table.rows()) {
            groups.computeIfAbsent(row.backbone() + " on " + row.dataset(), heading -> new ArrayList<>())
                    .add(row);
        }
        return groups;
    }
}
