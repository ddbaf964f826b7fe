// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;

/**
 * 500 users with three training interactions each. The teacher scored five items of most users, none of every eleventh,
 * and also the last training item of every seventh, who is held out. Every thirteenth takes its first item again.
 */
class OracleTeacherTest {
    private static final int USERS = 500;
    private static final int ITEMS = 40;

    private final RandomGenerator random = new Seed(3).generator();
    private final int[] taken =
            random.ints(3 * USERS, 0, ITEMS / 2).map(item -> 2 * item).toArray();
    private final int[] positives = IntStream.range(0, USERS)
            .map(user -> user % 13 == 0 ? taken[3 * user] : 1 + 2 * random.nextInt(ITEMS / 2))
            .toArray();
    private final TrainingData data = data();
    private final TeacherTableFile teacher = teacher();

    @Test
    void theOracleKnowsThePositivesAndKeepsAllOtherScores() {
        TeacherTable before = teacher.table();
        TeacherTable after = OracleTeacher.of(teacher, data, 1, new Seed(1)).table();
        boolean[] heldOut = before.heldOut();
        assertThat(IntStream.range(0, USERS).filter(user -> heldOut[user]).count())
                .isGreaterThan(30);
        for (int user = 0; user < USERS; user++) {
            TreeMap<Integer, Float> expected = scores(before, user);
            if (heldOut[user]) {
                expected.put(taken[3 * user + 2], 1f);
            } else if (!expected.isEmpty() && user % 13 != 0) {
                expected.put(positives[user], 1f);
            }
            assertThat(scores(after, user)).as("user %d", user).isEqualTo(expected);
        }
        // The held-out users stay the same.
        assertThat(after.heldOut()).isEqualTo(heldOut);
    }

    @Test
    void aWeakerOracleKnowsASubsetOfAStrongerOne() {
        TeacherTable before = teacher.table();
        int[] known = new int[5];
        List<TeacherTable> rising = IntStream.rangeClosed(0, 4)
                .mapToObj(quarter -> OracleTeacher.of(teacher, data, quarter / 4.0, new Seed(1))
                        .table())
                .toList();
        for (int user = 0; user < USERS; user++) {
            boolean knew = false;
            for (int quarter = 0; quarter <= 4; quarter++) {
                boolean knows = !scores(rising.get(quarter), user).equals(scores(before, user));
                assertThat(knows || !knew).isTrue();
                knew = knows;
                known[quarter] += knows ? 1 : 0;
            }
        }
        assertThat(known[0]).isZero();
        assertThat(known[2]).isBetween((int) (known[4] * 0.4), (int) (known[4] * 0.6));
        assertThat(known[1]).isBetween((int) (known[4] * 0.18), (int) (known[4] * 0.32));
        TeacherTable other = OracleTeacher.of(teacher, data, 0.5, new Seed(2)).table();
        assertThat(other.items()).isNotEqualTo(rising.get(2).items());
        TeacherTable same = OracleTeacher.of(teacher, data, 0.5, new Seed(1)).table();
        assertThat(same.items()).isEqualTo(rising.get(2).items());
        assertThat(same.scores()).isEqualTo(rising.get(2).scores());
    }

    @Test
    void itsProvenanceNamesIt() {
        TeacherTableFile oracle = OracleTeacher.of(teacher, data, 0.5, new Seed(8));
        ScoreProvenance provenance = oracle.provenance();
        assertThat(provenance.teacher()).isEqualTo("oracle guess");
        assertThat(OracleTeacher.named(provenance.teacher())).isTrue();
        assertThat(OracleTeacher.named("guess")).isFalse();
        assertThat(provenance.settings())
                .containsEntry("kept", "yes")
                .containsEntry("oracleStrength", "0.5")
                .containsEntry("oracleSeed", "8")
                .containsEntry("oracleReading", "upper bound on validation metrics, never a result");
        int added = oracle.table().size() - teacher.table().size();
        assertThat(added).isPositive();
        assertThat(provenance.planned()).containsEntry("RANDOM", 100).containsEntry("ORACLE", added);
        assertThat(provenance.scored()).isEqualTo(teacher.provenance().scored() + added);
        assertThat(provenance.ofValidationSamples()).isFalse();
    }

    @Test
    void theStrengthIsAProbability() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> OracleTeacher.of(teacher, data, wrong, new Seed(1)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("strength");
        }
    }

    private static TreeMap<Integer, Float> scores(TeacherTable table, int user) {
        TreeMap<Integer, Float> scores = new TreeMap<>();
        for (int index = table.from(user); index < table.to(user); index++) {
            scores.put(table.items()[index], table.scores()[index]);
        }
        assertThat(scores).hasSize(table.to(user) - table.from(user));
        return scores;
    }

    /** Items taken in training are even, those of the teacher and of validation odd, with the exceptions above. */
    private TeacherTableFile teacher() {
        int[] offsets = new int[USERS + 1];
        boolean[] heldOut = new boolean[USERS];
        List<Integer> items = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            TreeMap<Integer, Float> own = new TreeMap<>();
            while (user % 11 != 0 && own.size() < 5) {
                own.put(1 + 2 * random.nextInt(ITEMS / 2), 0.9f * random.nextFloat());
            }
            heldOut[user] = user % 11 != 0
                    && user % 7 == 0
                    && taken[3 * user + 2] != taken[3 * user]
                    && taken[3 * user + 2] != taken[3 * user + 1];
            if (heldOut[user]) {
                own.put(taken[3 * user + 2], 0.3f);
            }
            items.addAll(own.keySet());
            scores.addAll(own.values());
            offsets[user + 1] = items.size();
        }
        float[] values = new float[scores.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = scores.get(index);
        }
        return new TeacherTableFile(
                new ScoreProvenance(
                        "guess",
                        "none",
                        Map.of("kept", "yes"),
                        "known",
                        "hash",
                        1,
                        Map.of("RANDOM", 100),
                        Map.of("RANDOM", 90),
                        100,
                        90,
                        400,
                        ITEMS),
                new TeacherTable(
                        offsets, items.stream().mapToInt(Integer::intValue).toArray(), values, heldOut));
    }

    private TrainingData data() {
        int[] users = IntStream.range(0, 2 * USERS).map(row -> row / 2).toArray();
        int[] items = IntStream.range(0, 2 * USERS)
                .map(row -> row % 2 == 0 ? positives[row / 2] : (positives[row / 2] + 1) % ITEMS)
                .toArray();
        int[] positions = IntStream.range(0, 2 * USERS).map(row -> 3).toArray();
        Samples validation = new Samples(new Instances(users, items, positions), 1);
        return new TrainingData(
                "known",
                "hash",
                InteractionLog.of(
                        IntStream.rangeClosed(0, USERS).map(user -> 3 * user).toArray(), taken, new long[3 * USERS]),
                new Catalogue(numbers(ITEMS), List.of(), List.of()),
                numbers(USERS),
                List.of(),
                List.of(),
                validation,
                validation);
    }

    private static Vocabulary numbers(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }
}
