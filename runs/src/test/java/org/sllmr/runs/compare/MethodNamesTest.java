// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunSettings;

class MethodNamesTest {
    private static List<String> names(String... configurations) {
        return MethodNames.of(
                Arrays.stream(configurations).map(MethodNamesTest::settings).toList());
    }

    private static RunSettings settings(String assignments) {
        return RunConfiguration.reader()
                .assignments(assignments.isEmpty() ? List.of() : List.of(assignments.split(" ")))
                .read();
    }

    @Test
    void aVariantThatDiffersIsNamedWithoutItsSettings() {
        assertThat(names("", "guidance=calibrated-pairwise teacher=t.scores"))
                .containsExactly("guidance none", "guidance calibrated-pairwise");
        assertThat(names("model.backbone.name=mf", "model.backbone.name=deepfm"))
                .containsExactly("backbone mf", "backbone deepfm");
    }

    @Test
    void aSettingIsNamedByItsLastPart() {
        String guided = "teacher=t.scores guidance=calibrated-pairwise ";
        assertThat(names(guided + "guidance.tailBonus=0.25", guided + "guidance.tailBonus=0.75"))
                .containsExactly("tailBonus 0.25", "tailBonus 0.75");
        assertThat(names("", guided + "guidance.tailBonus=0.25", guided + "guidance.tailBonus=0.75"))
                .containsExactly(
                        "guidance none",
                        "guidance calibrated-pairwise, tailBonus 0.25",
                        "guidance calibrated-pairwise, tailBonus 0.75");
    }

    @Test
    void aLastPartThatSaysTooLittleIsNamedWithTheOneBefore() {
        assertThat(names("", "model.schema.text.use=true")).containsExactly("text.use false", "text.use true");
        assertThat(names("", "model.schema.unknown.share=0.05"))
                .containsExactly("unknown.share 0", "unknown.share 0.05");
    }

    @Test
    void teachersAreNamedWhereTheyDiffer() {
        String guided = "guidance=calibrated-pairwise ";
        assertThat(names(guided + "teacher=a.scores", guided + "teacher=b.scores"))
                .containsExactly("teacher a.scores", "teacher b.scores");
    }

    @Test
    void manyDifferencesAreCounted() {
        String other =
                "training.batchSize=64 training.maxEpochs=3 training.patience=1 model.optimizer.learningRate=0.5 "
                        + "model.embeddingDimension=8 model.backbone.name=mf";
        assertThat(names("model.backbone.name=deepfm", other).get(1)).endsWith(" and 2 more");
    }

    @Test
    void equalSettingsAreNamedAsSuch() {
        assertThat(names("", "")).containsExactly("the same settings", "the same settings");
    }
}
