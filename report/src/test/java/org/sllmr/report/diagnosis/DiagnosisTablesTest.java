// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.report.ReportPage;
import org.sllmr.report.table.Table;
import org.sllmr.runs.GuidanceEpoch;
import org.sllmr.runs.diagnosis.Diagnosis;
import org.sllmr.runs.diagnosis.DiagnosisFixture;
import org.sllmr.runs.diagnosis.GuidanceHistory;

class DiagnosisTablesTest {
    private static final DiagnosisFixture WORLD = new DiagnosisFixture(5);
    private static final float[] TEACHER = WORLD.scorer(0.85, 0.5);
    private static final float[] WITHOUT = WORLD.scorer(0.6, 0.7);
    /** Of a run with a gate, compared with another run. */
    private static final Diagnosis COMPARED = diagnosis(true, true);

    @Test
    void theGateIsShownBesideTheAucOfTeacherAndModel() {
        GuidanceHistory gate = COMPARED.gate();
        assertThat(gate.keptEpoch()).isEqualTo(3);
        assertThat(gate.epochs()).extracting(GuidanceEpoch::epoch).containsExactly(1, 2, 3, 4, 5);
        assertThat(gate.regions())
                .extracting(GuidanceHistory.Region::region)
                .containsExactly(
                        "cold user, tail item", "cold user, head item", "warm user, tail item", "warm user, head item");
        GuidanceHistory.Region first = gate.regions().get(0);
        assertThat(first.gate()).isEqualTo(gate.epochs().get(2).meanByRegion().get("cold user, tail item"));
        assertThat(first.teacher().orElseThrow()).isGreaterThan(first.model().orElseThrow());
        GuidanceHistory.Region last = gate.regions().get(3);
        assertThat(last.teacher().orElseThrow()).isLessThan(last.model().orElseThrow());
        assertThat(DiagnosisTables.gateRegions(COMPARED).orElseThrow().groups())
                .extracting(Table.Group::heading)
                .containsExactly("Epoch 3, which was kept");
        assertThat(DiagnosisTables.weights(COMPARED).orElseThrow().headings()).contains("Epoch 3 (kept)");
        Diagnosis ungated = diagnosis(true, false);
        assertThat(ungated.gate().epochs()).isEmpty();
        assertThat(ungated.gate().regions()).isEmpty();
        assertThat(DiagnosisTables.epochs(ungated)).isEmpty();
        assertThat(ungated.parts()).as("the same each time").isEqualTo(COMPARED.parts());
    }

    @Test
    void thePageHoldsTablesAndChartsAndIsTheSameEachTime() {
        String page = ReportPage.render(DiagnosisReport.of(COMPARED));
        assertThat(page)
                .isEqualTo(ReportPage.render(DiagnosisReport.of(COMPARED)))
                .contains(
                        "Overall the run with the teacher is better",
                        "Run minus run without",
                        "Did the run learn from the teacher?",
                        "Pairs by who orders them correctly without guidance",
                        "Mean gate by region",
                        "Gate weights",
                        "teacher alone",
                        "By history length")
                .doesNotContain("NaN", "<script");
    }

    @Test
    void withoutAnotherRunThePageHoldsWhatThereIs() {
        Diagnosis alone = diagnosis(false, true);
        assertThat(DiagnosisTables.parts(alone).headings())
                .containsExactly("AUC", "Samples", "Scored", "Teacher", "Run");
        assertThat(DiagnosisTables.agreement(alone)).isEmpty();
        assertThat(DiagnosisText.sentences(alone)).hasSize(1);
        assertThat(ReportPage.render(DiagnosisReport.of(alone)))
                .contains("AUC of the run", "Mean gate by region")
                .doesNotContain("Run minus run without", "Did the run learn", "NaN");
    }

    @Test
    void theSentencesNameThePartsAndTheShares() {
        List<String> sentences = DiagnosisText.sentences(COMPARED);
        assertThat(sentences).hasSize(3);
        assertThat(sentences.get(0)).startsWith("Overall the run with the teacher is better (+0.0");
        assertThat(sentences.get(1))
                .startsWith("Better: user and positive cold user, tail item;")
                .endsWith("Worse in no single part.");
        assertThat(sentences.get(2))
                .contains("those that neither had right, 0.0 %")
                .contains("both had right, 0.0 %");
    }

    private static Diagnosis diagnosis(boolean compared, boolean gate) {
        return DiagnosisFixture.diagnosis(TEACHER, WITHOUT, compared, gate);
    }
}
