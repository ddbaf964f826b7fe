// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.PairColumn;
import org.sllmr.data.Part;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.model.visit.VisitCounts;
import org.sllmr.model.visit.VisitInputs;

/** A small random dataset with single- and multi-valued fields, numbers, vectors, missing values, and empty histories. */
public final class RandomWorld {
    private final Random random;
    public final int users;
    public final int items;
    public final TrainingData data;

    public RandomWorld(long seed, int users, int items, int longestHistory) {
        this.random = new Random(seed);
        this.users = users;
        this.items = items;
        int[] offsets = new int[users + 1];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + 2 + random.nextInt(longestHistory);
        }
        int size = offsets[users];
        InteractionLog log =
                InteractionLog.of(offsets, random.ints(size, 0, items).toArray(), new long[size]);
        Catalogue catalogue = new Catalogue(
                vocabulary("i", items),
                List.of(column("brand", items, Math.max(2, items / 6), 1, 0.1), column("category", items, 9, 4, 0.2)),
                List.of(),
                List.of(numbers("price", items, 0.2)),
                List.of(vectors("look", items, 5)));
        this.data = new TrainingData(
                "random",
                "hash",
                log.withholdLast(1),
                catalogue,
                vocabulary("u", users),
                List.of(column("age", users, 5, 1, 0.3)),
                List.of(column("hour", size, 7, 2, 0.1)),
                new Samples(instances(log.withholdLast(1), users * 4, true), 1),
                new Part(log.withholdLast(1), new Samples(instances(log.withholdLast(1), users * 2, true), 1)),
                new NumericInputs(
                        List.of(numbers("income", users, 0.1)),
                        List.of(vectors("taste", users, 3)),
                        List.of(numbers("wait", size, 0.3)),
                        List.of()));
    }

    /** The same data with numbers of pairs and visits between items, which not every backbone takes. */
    public TrainingData withPairs() {
        return new TrainingData(
                data.name(),
                data.hash(),
                data.log(),
                data.catalogue(),
                data.userIds(),
                data.userFields(),
                data.contextFields(),
                data.training(),
                data.validation(),
                new NumericInputs(
                        data.numeric().userNumbers(),
                        data.numeric().userVectors(),
                        data.numeric().contextNumbers(),
                        List.of(pairs("opinion")),
                        List.of(),
                        List.of(visits(VisitInputs.defaults()))));
    }

    /** Visits between the items. */
    public NeighbourColumn visits(VisitInputs settings) {
        try (Blocks blocks = new Blocks(2)) {
            return VisitCounts.of(data.log(), items, settings, blocks, ProgressListener.NONE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private NumberColumn numbers(String name, int rows, double missing) {
        float[] values = new float[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = random.nextDouble() < missing ? Float.NaN : (float) (3 + 2 * random.nextGaussian());
        }
        return new NumberColumn(name, values);
    }

    /** Every fourth vector is zeros. */
    private VectorColumn vectors(String name, int rows, int width) {
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / width % 4 == 3 ? 0 : (float) random.nextGaussian();
        }
        return new VectorColumn(name, width, values, "");
    }

    private PairColumn pairs(String name) {
        int[] offsets = new int[users + 1];
        List<Integer> chosen = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                if (random.nextInt(3) == 0) {
                    chosen.add(item);
                }
            }
            offsets[user + 1] = chosen.size();
        }
        float[] values = new float[chosen.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new PairColumn(
                name,
                "a teacher",
                offsets,
                chosen.stream().mapToInt(Integer::intValue).toArray(),
                values);
    }

    /** Random rows; in pairs that share user and position if asked for. */
    public Instances instances(InteractionLog log, int rows, boolean pairs) {
        int[] userOf = new int[rows];
        int[] itemOf = random.ints(rows, 0, items).toArray();
        int[] positions = new int[rows];
        for (int row = 0; row < rows; row++) {
            boolean second = pairs && row % 2 == 1;
            userOf[row] = second ? userOf[row - 1] : random.nextInt(users);
            positions[row] = second ? positions[row - 1] : random.nextInt(log.length(userOf[row]) + 1);
        }
        return new Instances(userOf, itemOf, positions);
    }

    public Instances instances(int rows) {
        return instances(data.log(), rows, random.nextBoolean());
    }

    private Column column(String name, int rows, int values, int most, double missing) {
        int[] offsets = new int[rows + 1];
        List<Integer> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int count = random.nextDouble() < missing ? 0 : 1 + random.nextInt(most);
            for (int i = 0; i < count; i++) {
                all.add(random.nextInt(values));
            }
            offsets[row + 1] = all.size();
        }
        return new Column(
                name,
                vocabulary(name, values),
                offsets,
                all.stream().mapToInt(Integer::intValue).toArray());
    }

    public static Vocabulary vocabulary(String prefix, int size) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(prefix + i);
        }
        return new Vocabulary(values);
    }
}
