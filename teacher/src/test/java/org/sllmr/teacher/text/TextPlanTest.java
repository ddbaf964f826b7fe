// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.SamplePool;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.Worlds;

class TextPlanTest {
    private static final int ITEMS = 50;
    private static final TrainingData DATA = data();

    @TempDir
    private Path folder;

    /** 20 users; every interaction but the first is a positive with two negatives. */
    private static TrainingData data() {
        InteractionLog log = Worlds.log(20, ITEMS, 1, 9, 5);
        int[] users = new int[3 * log.size()];
        int[] items = new int[3 * log.size()];
        int[] positions = new int[3 * log.size()];
        int rows = 0;
        for (int user = 0; user < log.users(); user++) {
            for (int position = 1; position < log.length(user); position++) {
                for (int other = 0; other < 3; other++) {
                    users[rows] = user;
                    // The second negative of some positives is the first one again.
                    items[rows] =
                            other == 0 ? log.item(user, position) : (user * 7 + (user % 2 == 0 ? other : 1)) % ITEMS;
                    positions[rows++] = position;
                }
            }
        }
        Samples samples = new Samples(
                new Instances(Arrays.copyOf(users, rows), Arrays.copyOf(items, rows), Arrays.copyOf(positions, rows)),
                2);
        return Worlds.data(log, ITEMS).withTraining(samples);
    }

    @Test
    void everyItemIsASubjectWithoutInteractions() {
        TextPlan plan = TextPlan.ofItems(DATA, 1);
        assertThat(plan.subjects().items()).isEqualTo(IntStream.range(0, ITEMS).toArray());
        TextHistories histories = plan.histories(DATA);
        for (int subject = 0; subject < plan.size(); subject++) {
            assertThat(histories.items(subject, 0)).isEmpty();
        }
    }

    @Test
    void userTextsAreMadeOfTheFirstTrainingInteractionsAlone() {
        for (double share : List.of(0.1, 0.5, 1.0)) {
            TextPlan plan = TextPlan.ofUsers(DATA, share, 1);
            assertThat(plan.size()).isEqualTo(20);
            TextHistories histories = plan.histories(DATA);
            for (int user = 0; user < plan.size(); user++) {
                int length = DATA.log().length(user);
                int[] first = Arrays.copyOf(Worlds.history(DATA.log(), user, 1000), (int) Math.ceil(length * share));
                assertThat(histories.items(user, 0)).isEqualTo(first);
                assertThat(histories.length(user)).isEqualTo(first.length);
            }
        }
    }

    @Test
    void aChainExplainsATrainingSampleByWhatCameBefore() {
        TextPlan plan = TextPlan.ofSamples(DATA, 0.3, 1);
        TextSubjects subjects = plan.subjects();
        Samples samples = DATA.training();
        int[] pool = SamplePool.rows(samples, 0.3);
        assertThat(plan.size()).isBetween(pool.length / 2, pool.length - 1);
        for (int row : pool) {
            Instances rows = samples.instances();
            assertThat(subjects.indexOf(
                            rows.users()[row], rows.positions()[row], rows.items()[row], samples.label(row)))
                    .isNotNegative();
        }
        TextHistories histories = plan.histories(DATA);
        for (int subject = 0; subject < plan.size(); subject++) {
            int user = subjects.users()[subject];
            int position = subjects.positions()[subject];
            assertThat(histories.items(subject, 0))
                    .isEqualTo(Arrays.copyOf(Worlds.history(DATA.log(), user, 1000), position));
            if (subjects.labels()[subject] == 1) {
                assertThat(subjects.items()[subject]).isEqualTo(DATA.log().item(user, position));
            }
        }
    }

    @Test
    void aPlanForOtherDataIsRefused() {
        TextPlan plan = TextPlan.ofUsers(DATA, 1, 1);
        TrainingData shorter = Worlds.data(DATA.log().withholdLast(1), ITEMS);
        assertThatThrownBy(() -> plan.histories(shorter)).isInstanceOf(IllegalArgumentException.class);
        assertThat(TextPlan.ofUsers(DATA, 0.5, 1).hash()).isNotEqualTo(plan.hash());
        assertThat(TextPlan.ofUsers(DATA, 1, 2).hash()).isEqualTo(plan.hash());
    }

    @Test
    void filesComeBackAsTheyWere() throws IOException {
        TextPlan plan = TextPlan.ofSamples(DATA, 0.2, 3);
        Path file = folder.resolve("plan");
        plan.write(file);
        assertThat(TextPlan.read(file).hash()).isEqualTo(plan.hash());
        List<String> texts = IntStream.range(0, plan.size())
                .mapToObj(text -> "Zeile " + text + " – ✓ " + "x".repeat(text % 5))
                .toList();
        TextTable table = new TextTable(
                new TextProvenance(
                        TextKind.CHAIN_OF_THOUGHT,
                        "test",
                        "m",
                        Map.of("a", "b"),
                        DATA.name(),
                        DATA.hash(),
                        plan.size(),
                        plan.size()),
                plan.subjects(),
                texts);
        Path written = folder.resolve("texts");
        table.write(written);
        TextTable read = TextTable.read(written, TextKind.CHAIN_OF_THOUGHT, DATA);
        assertThat(read.texts()).isEqualTo(texts);
        assertThat(read.provenance()).isEqualTo(table.provenance());
        TextSubjects subjects = read.subjects();
        for (int text = 0; text < read.size(); text++) {
            assertThat(read.ofSample(
                            subjects.users()[text],
                            subjects.positions()[text],
                            subjects.items()[text],
                            subjects.labels()[text]))
                    .isEqualTo(text);
        }
        assertThat(read.ofSample(0, 1000, 0, 0)).isEqualTo(-1);
        assertThat(TextTable.isFile(written)).isTrue();
        assertThat(TextTable.isFile(file)).isFalse();
        assertThatThrownBy(() -> TextTable.read(written, TextKind.ITEM_KNOWLEDGE, DATA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has texts of the kind chain-of-thought, but item-knowledge is needed here");
        assertThatThrownBy(() -> TextTable.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a file of the format 'sllmr texts'");
    }
}
