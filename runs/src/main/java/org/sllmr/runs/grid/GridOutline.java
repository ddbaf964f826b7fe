// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;

/**
 * What a report needs of a grid besides its results. It is stored beside them, so that a report does not need the
 * grid's file.
 *
 * @param title title of the experiment
 * @param data label of each dataset by name, in order
 * @param backbones label of each backbone by name, in order
 * @param frameworks label of each framework by name, in order
 * @param seeds the declared seeds
 * @param baseline name of the framework that the others are compared with
 * @param paper published numbers
 */
public record GridOutline(
        String title,
        Map<String, String> data,
        Map<String, String> backbones,
        Map<String, String> frameworks,
        List<Long> seeds,
        String baseline,
        Optional<PaperNumbers> paper) {
    /** Copies the maps, keeping their order. */
    public GridOutline {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        backbones = Collections.unmodifiableMap(new LinkedHashMap<>(backbones));
        frameworks = Collections.unmodifiableMap(new LinkedHashMap<>(frameworks));
        seeds = List.copyOf(seeds);
    }

    /** All cells, by dataset, backbone and framework in their orders. */
    public List<GridCell> cells() {
        List<GridCell> cells = new ArrayList<>();
        for (String dataName : data.keySet()) {
            for (String backbone : backbones.keySet()) {
                for (String framework : frameworks.keySet()) {
                    cells.add(new GridCell(dataName, backbone, framework));
                }
            }
        }
        return cells;
    }

    /** The outline as YAML. */
    public String write() {
        return SettingsWriter.of(Variants.none()).write(this);
    }

    /** Reads what {@link #write} wrote; messages call it {@code name}. */
    public static GridOutline read(String name, String yaml) {
        return SettingsReader.of(GridOutline.class, Variants.none())
                .text(name, yaml)
                .read();
    }

    /** Label of a dataset. */
    public String dataLabel(String name) {
        return data.getOrDefault(name, name);
    }

    /** Label of a backbone. */
    public String backboneLabel(String name) {
        return backbones.getOrDefault(name, name);
    }

    /** Label of a framework. */
    public String frameworkLabel(String name) {
        return frameworks.getOrDefault(name, name);
    }
}
