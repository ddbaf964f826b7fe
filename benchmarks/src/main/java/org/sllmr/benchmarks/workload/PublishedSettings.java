// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.runs.RunConfiguration;

/**
 * A backbone with the settings of the study behind the paper's baselines (LLM-CF, CIKM 2024).
 *
 * @param backbone one of {@link #BACKBONES}
 */
public record PublishedSettings(String backbone) {
    /** The backbones in {@code configurations/published}. */
    public static final List<String> BACKBONES = List.of("deepfm", "xdeepfm", "autoint", "dcnv1", "dcnv2", "din");

    /** Checks the name. */
    public PublishedSettings {
        if (!BACKBONES.contains(backbone)) {
            throw new InvalidInputException(
                    "--backbone", "is '" + backbone + "', allowed are " + String.join(", ", BACKBONES) + ", and all");
        }
    }

    /** All backbones for {@code all}, else those of a comma-separated list. */
    public static List<PublishedSettings> named(String names) {
        List<String> all = names.equals("all") ? BACKBONES : List.of(names.split(",", -1));
        return all.stream().map(PublishedSettings::new).toList();
    }

    /** The model, with or without dropout. */
    public ModelSettings model(TableUpdates updates, boolean dropout) {
        return model(updates, dropout, List.of());
    }

    /**
     * The same with other settings.
     *
     * @param further settings of the model, such as {@code model.schema.text.use=true}
     */
    public ModelSettings model(TableUpdates updates, boolean dropout, List<String> further) {
        List<String> assignments = new ArrayList<>(further);
        assignments.add("model.optimizer.tableUpdates=" + (updates == TableUpdates.DENSE ? "dense" : "sparse"));
        if (!dropout) {
            assignments.add("model.backbone.mlp.dropout=0");
            if (backbone.equals("autoint")) {
                assignments.add("model.backbone.attentionDropout=0");
            }
        }
        return RunConfiguration.reader()
                .text(backbone + ".yaml", yaml())
                .assignments(assignments)
                .read()
                .model();
    }

    private String yaml() {
        try (InputStream file = PublishedSettings.class.getResourceAsStream(backbone + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException(backbone + ".yaml is not in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
