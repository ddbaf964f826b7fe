// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/**
 * A part of a grid: in each restricted dimension, only the named entries.
 *
 * @param allowed names by dimension, {@code data}, {@code backbone} or {@code framework}; a dimension without an entry
 *     is not restricted
 */
public record GridFilter(Map<String, Set<String>> allowed) {
    private static final String OPTION = "--only";

    /** The whole grid. */
    public static final GridFilter ALL = new GridFilter(Map.of());

    /**
     * Reads conditions such as {@code backbone=dcnv2}; several of one dimension are alternatives.
     *
     * @throws InvalidInputException with every condition that is malformed or names no entry of the grid
     */
    public static GridFilter of(List<String> conditions, GridSettings grid) {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        known.put("data", grid.data().keySet());
        known.put("backbone", grid.backbones().keySet());
        known.put("framework", grid.frameworks().keySet());
        List<Problem> problems = new ArrayList<>();
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        for (String condition : conditions) {
            String[] parts = condition.split("=", 2);
            Set<String> names = known.get(parts[0]);
            if (parts.length < 2 || names == null) {
                problems.add(new Problem(
                        OPTION,
                        "'" + condition + "' is not a condition; write data=NAME, backbone=NAME or framework=NAME"));
            } else if (!names.contains(parts[1])) {
                problems.add(new Problem(
                        OPTION,
                        "the grid has no " + parts[0] + " '" + parts[1] + "'; it has " + String.join(", ", names)));
            } else {
                allowed.computeIfAbsent(parts[0], dimension -> new LinkedHashSet<>())
                        .add(parts[1]);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new GridFilter(allowed);
    }

    /** Whether a cell belongs to the part. */
    public boolean contains(GridCell cell) {
        return contains("data", cell.data())
                && contains("backbone", cell.backbone())
                && contains("framework", cell.framework());
    }

    private boolean contains(String dimension, String name) {
        Set<String> names = allowed.get(dimension);
        return names == null || names.contains(name);
    }
}
