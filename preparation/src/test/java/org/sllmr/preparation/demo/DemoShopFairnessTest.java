// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.Slices;

/**
 * In the demo shop, as in real shops, interactions predict best on dense slices and texts on sparse ones.
 *
 * <p>Three textbook recommenders are evaluated by leave-one-out with one uniform negative. The ranges contain the
 * values of the 2014 Amazon data, with room for random variation.
 */
class DemoShopFairnessTest {
    private static final int TEXT_HISTORY = 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void interactionsWinOnDenseSlicesAndTextOnSparseOnes(long seed) {
        Judged judged = judge(DemoSettings.DEFAULT.withSeed(seed));
        String measured = judged.measured();
        Metrics popular = judged.popular();
        Metrics together = judged.together();
        Metrics text = judged.text();
        assertThat(value(popular.auc())).as(measured).isBetween(0.62, 0.70);
        assertThat(value(together.auc())).as(measured).isBetween(0.76, 0.84);
        assertThat(value(text.auc())).as(measured).isBetween(0.70, 0.75);
        assertThat(value(together.auc()) - value(text.auc())).as(measured).isGreaterThan(0.04);
        assertThat(value(together.get(SampleMetric.AUC_HEAD_PAIRS)) - value(text.get(SampleMetric.AUC_HEAD_PAIRS)))
                .as(measured)
                .isGreaterThan(0.07);
        assertThat(value(text.get(SampleMetric.AUC_LONG_TAIL_PAIRS)))
                .as(measured)
                .isBetween(0.69, 0.78);
        assertThat(value(text.get(SampleMetric.AUC_LONG_TAIL_PAIRS))
                        - value(together.get(SampleMetric.AUC_LONG_TAIL_PAIRS)))
                .as(measured)
                .isGreaterThan(0.1);
        assertThat(value(text.get(SampleMetric.AUC_LONG_TAIL_PAIRS))
                        - value(popular.get(SampleMetric.AUC_LONG_TAIL_PAIRS)))
                .as(measured)
                .isGreaterThan(0.1);
        assertThat(value(text.get(SampleMetric.AUC_COLD))).as(measured).isBetween(0.68, 0.76);
        assertThat(text.get(SampleMetric.AUC_LONG_TAIL_PAIRS).positives())
                .as(measured)
                .isGreaterThan(250);
        assertThat(text.get(SampleMetric.AUC_COLD).positives()).as(measured).isGreaterThan(1000);
    }

    /** With twice the items neither wins overall; each wins on the same slices as in the smaller shop. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void inTheQuickstartShopBothAreEquallyGood(long seed) {
        Judged judged = judge(DemoSettings.QUICKSTART.withSeed(seed));
        String measured = judged.measured();
        Metrics together = judged.together();
        Metrics text = judged.text();
        assertThat(value(judged.popular().auc())).as(measured).isBetween(0.62, 0.70);
        assertThat(value(together.auc())).as(measured).isBetween(0.71, 0.78);
        assertThat(value(text.auc())).as(measured).isBetween(0.70, 0.75);
        assertThat(value(together.auc()) - value(text.auc())).as(measured).isBetween(-0.02, 0.04);
        assertThat(value(together.aucHeadPairs()) - value(text.aucHeadPairs()))
                .as(measured)
                .isGreaterThan(0.05);
        assertThat(value(text.aucLongTailPairs())).as(measured).isBetween(0.69, 0.78);
        assertThat(value(text.aucCold())).as(measured).isBetween(0.68, 0.76);
    }

    private record Judged(Metrics popular, Metrics together, Metrics text, long seed) {
        String measured() {
            return "seed %d%npopularity %s%ntogether %s%ntext %s"
                    .formatted(seed, line(popular), line(together), line(text));
        }
    }

    private static Judged judge(DemoSettings settings) {
        DemoShop shop = DemoGenerator.generate(settings);
        InteractionLog log = shop.interactions().withholdLast(1);
        InteractionLog training = shop.interactions().withholdLast(2);
        int items = shop.items().size();
        Samples samples = leaveOneOut(shop.interactions(), items, new Seed(settings.seed()).child("negatives"));
        int[] popularity = popularity(training, 0, items);
        Slices slices = new Slices(
                ColdUsers.of(training, ColdUsers.MAX_INTERACTIONS), bottomFifth(popularity(training, 1, items)));

        Metrics popular = Evaluation.evaluate(byPopularity(samples, popularity), samples, slices);
        Metrics together = Evaluation.evaluate(
                byCooccurrence(samples, log, cooccurrence(training, items), popularity), samples, slices);
        Metrics text = Evaluation.evaluate(byText(samples, log, tfIdf(shop.items())), samples, slices);
        return new Judged(popular, together, text, settings.seed());
    }

    private static Samples leaveOneOut(InteractionLog full, int items, Seed seed) {
        int[] users = new int[2 * full.users()];
        int[] rows = new int[users.length];
        int[] positions = new int[users.length];
        for (int user = 0; user < full.users(); user++) {
            RandomGenerator random = seed.child(user).generator();
            int last = full.length(user) - 1;
            int negative = random.nextInt(items);
            while (holds(full, user, negative)) {
                negative = random.nextInt(items);
            }
            users[2 * user] = users[2 * user + 1] = user;
            positions[2 * user] = positions[2 * user + 1] = last;
            rows[2 * user] = full.item(user, last);
            rows[2 * user + 1] = negative;
        }
        return new Samples(new Instances(users, rows, positions), 1);
    }

    private static boolean holds(InteractionLog log, int user, int item) {
        return IntStream.range(0, log.length(user)).anyMatch(position -> log.item(user, position) == item);
    }

    private static int[] popularity(InteractionLog log, int from, int items) {
        int[] counts = new int[items];
        for (int user = 0; user < log.users(); user++) {
            for (int position = from; position < log.length(user); position++) {
                counts[log.item(user, position)]++;
            }
        }
        return counts;
    }

    private static boolean[] bottomFifth(int[] popularity) {
        boolean[] longTail = new boolean[popularity.length];
        IntStream.range(0, popularity.length)
                .boxed()
                .sorted(Comparator.comparingInt(item -> popularity[item]))
                .limit(popularity.length / 5)
                .forEach(item -> longTail[item] = true);
        return longTail;
    }

    private static float[] byPopularity(Samples samples, int[] popularity) {
        float[] scores = new float[samples.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = popularity[samples.instances().items()[row]];
        }
        return scores;
    }

    /** Cosine of the users of two items (Sarwar et al. 2001), shrunk by one user. */
    private static float[][] cooccurrence(InteractionLog training, int items) {
        float[][] counts = new float[items][items];
        for (int user = 0; user < training.users(); user++) {
            for (int one = 0; one < training.length(user); one++) {
                for (int other = 0; other < training.length(user); other++) {
                    counts[training.item(user, one)][training.item(user, other)]++;
                }
            }
        }
        float[][] similarities = new float[items][items];
        for (int one = 0; one < items; one++) {
            for (int other = 0; other < items; other++) {
                if (one != other) {
                    similarities[one][other] = (float)
                            (counts[one][other] / Math.sqrt((counts[one][one] + 1) * (counts[other][other] + 1)));
                }
            }
        }
        return similarities;
    }

    private static float[] byCooccurrence(
            Samples samples, InteractionLog log, float[][] similarities, int[] popularity) {
        float[] scores = new float[samples.size()];
        for (int row = 0; row < scores.length; row++) {
            int user = samples.instances().users()[row];
            int item = samples.instances().items()[row];
            int length = samples.instances().positions()[row];
            double sum = 0;
            for (int position = 0; position < length; position++) {
                sum += similarities[log.item(user, position)][item];
            }
            scores[row] = (float) (3 * sum / Math.sqrt(length) + 0.1 * Math.log(popularity[item] + 1));
        }
        return scores;
    }

    /** Unit vectors of words weighted by log inverse document frequency, from title and categories. */
    private static List<Map<String, Double>> tfIdf(List<DemoShop.Item> items) {
        List<List<String>> texts = new ArrayList<>();
        Map<String, Integer> frequencies = new HashMap<>();
        for (DemoShop.Item item : items) {
            String text = item.title() + " " + String.join(" ", item.categories());
            List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+"));
            texts.add(words);
            words.stream().distinct().forEach(word -> frequencies.merge(word, 1, Integer::sum));
        }
        List<Map<String, Double>> vectors = new ArrayList<>();
        for (List<String> words : texts) {
            Map<String, Double> vector = new TreeMap<>();
            for (String word : words) {
                vector.merge(word, Math.log((double) items.size() / frequencies.getOrDefault(word, 1)), Double::sum);
            }
            double norm = Math.sqrt(vector.values().stream()
                    .mapToDouble(weight -> weight * weight)
                    .sum());
            vector.replaceAll((word, weight) -> weight / norm);
            vectors.add(vector);
        }
        return vectors;
    }

    private static float[] byText(Samples samples, InteractionLog log, List<Map<String, Double>> vectors) {
        float[] scores = new float[samples.size()];
        for (int row = 0; row < scores.length; row++) {
            int user = samples.instances().users()[row];
            int length = samples.instances().positions()[row];
            Map<String, Double> candidate = vectors.get(samples.instances().items()[row]);
            double best = 0;
            for (int position = Math.max(0, length - TEXT_HISTORY); position < length; position++) {
                double product = 0;
                for (var entry : vectors.get(log.item(user, position)).entrySet()) {
                    product += entry.getValue() * candidate.getOrDefault(entry.getKey(), 0.0);
                }
                best = Math.max(best, product);
            }
            scores[row] = (float) best;
        }
        return scores;
    }

    private static double value(Measurement metric) {
        return metric.value().orElseThrow();
    }

    private static String line(Metrics metrics) {
        StringBuilder line = new StringBuilder();
        metrics.all().forEach((name, metric) -> {
            if (metric.value().isPresent()) {
                line.append(String.format(Locale.ROOT, "%s %.3f (%d) ", name, value(metric), metric.samples()));
            }
        });
        return line.toString();
    }
}
