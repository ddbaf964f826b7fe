// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.PairColumn;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.schema.KnowledgeSource;
import org.sllmr.model.schema.NumberSettings.Form;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.VectorParts;

/** Numbers and vectors of one row in double precision, straight from the definitions. */
final class ObviousNumbers {
    private final TrainingData data;
    private final SchemaSettings settings;
    private final boolean[] ofUser;
    private final boolean[] ofItem;
    private final boolean[] ofContext;

    private final Optional<KnowledgeSource> source;

    ObviousNumbers(TrainingData data, SchemaSettings settings, Optional<KnowledgeSource> source) {
        this.data = data;
        this.source = source;
        this.settings = settings;
        InteractionLog log = data.log();
        this.ofUser = new boolean[log.users()];
        this.ofItem = new boolean[data.catalogue().size()];
        int interactions = data.numeric().contextNumbers().get(0).rows();
        this.ofContext = new boolean[interactions];
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                ofUser[user] = true;
                ofItem[log.item(user, position)] = true;
                ofContext[log.index(user, position)] = true;
            }
        }
    }

    boolean[] ofUser() {
        return ofUser;
    }

    boolean[] ofItem() {
        return ofItem;
    }

    boolean[] ofContext() {
        return ofContext;
    }

    private Form form(String field) {
        return settings.numbers().exceptions().stream()
                .filter(exception -> exception.field().equals(field))
                .map(exception -> exception.form())
                .findFirst()
                .orElse(settings.numbers().form());
    }

    private static List<Double> known(NumberColumn column, boolean[] seen) {
        return IntStream.range(0, seen.length)
                .filter(row -> seen[row])
                .mapToObj(row -> (double) column.value(row))
                .filter(value -> !value.isNaN())
                .sorted()
                .toList();
    }

    private List<Double> cuts(NumberColumn column, boolean[] seen) {
        List<Double> sorted = known(column, seen);
        List<Double> cuts = new ArrayList<>();
        for (int part = 1; part < settings.numbers().buckets() && !sorted.isEmpty(); part++) {
            double cut = sorted.get(part * sorted.size() / settings.numbers().buckets());
            if (cut > sorted.get(0) && !cuts.contains(cut)) {
                cuts.add(cut);
            }
        }
        return cuts;
    }

    /** Number of known values of a number's table. */
    int rows(String field, NumberColumn column, boolean[] seen) {
        return form(field) == Form.QUANTILES ? cuts(column, seen).size() + 1 : 1;
    }

    int row(String field, NumberColumn column, boolean[] seen, double value) {
        return form(field) == Form.QUANTILES
                ? (int) cuts(column, seen).stream().filter(cut -> cut <= value).count()
                : 0;
    }

    double weight(String field, NumberColumn column, boolean[] seen, double value) {
        return switch (form(field)) {
            case STANDARDIZED -> scaled(known(column, seen), value);
            case LOGARITHMIC ->
                scaled(
                        known(column, seen).stream()
                                .map(ObviousNumbers::logarithm)
                                .toList(),
                        logarithm(value));
            case QUANTILES -> 1;
        };
    }

    private static double logarithm(double x) {
        return Math.signum(x) * Math.log(1 + Math.abs(x));
    }

    private static double scaled(List<Double> values, double x) {
        double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
        double deviation = Math.sqrt(values.stream()
                .mapToDouble(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0));
        return (x - mean) / (deviation > 0 ? deviation : 1);
    }

    /** The floats that the network projects, by field, in the order in which a model sees them. */
    Map<String, double[]> floats(InteractionLog log, int user, int item, int position) {
        Map<String, double[]> all = new LinkedHashMap<>();
        Map<String, double[]> pairs = new LinkedHashMap<>();
        for (VectorColumn column : data.numeric().userVectors()) {
            if (!source.flatMap(KnowledgeSource::userVectors).equals(Optional.of(column.name()))) {
                all.put("user." + column.name(), times(rows(column, ofUser) / length(column), vector(column, user)));
            }
        }
        for (VectorColumn column : data.catalogue().vectors()) {
            if (source.flatMap(KnowledgeSource::itemVectors).equals(Optional.of(column.name()))) {
                continue;
            }
            VectorParts parts = column.origin().isEmpty()
                    ? settings.vectors()
                    : settings.text().parts();
            double[] candidate = vector(column, item);
            double[] mean = mean(column, log, user, position);
            if (parts.candidate()) {
                all.put("item." + column.name(), times(rows(column, ofItem) / length(column), candidate));
            }
            if (parts.history()) {
                all.put("history." + column.name(), times(histories(column, false) / length(column), mean));
            }
            if (parts.product()) {
                pairs.put(
                        "pair." + column.name() + ".product",
                        times(histories(column, true) / length(column), product(mean, candidate)));
            }
            if (parts.cosine()) {
                pairs.put("pair." + column.name() + ".cosine", cosine(column, parts, log, user, item, position));
            }
        }
        for (PairColumn column : data.numeric().pairs()) {
            double value = column.value(user, item);
            List<Double> values = new ArrayList<>();
            for (float one : column.values()) {
                values.add((double) one);
            }
            pairs.put(
                    "pair." + column.name(),
                    Double.isNaN(value) ? new double[] {0, 1} : new double[] {scaled(values, value), 0});
        }
        if (!data.numeric().neighbours().isEmpty()) {
            double visits = visits(log, user, item, position, false);
            pairs.put(
                    "pair.visits",
                    Double.isNaN(visits) ? new double[] {0, 1} : new double[] {scaled(trainingVisits(), visits), 0});
        }
        all.putAll(pairs);
        return all;
    }

    private List<Double> trainingVisits() {
        Instances samples = data.training().instances();
        return IntStream.range(0, samples.size())
                .mapToObj(row ->
                        visits(data.log(), samples.users()[row], samples.items()[row], samples.positions()[row], true))
                .filter(value -> !value.isNaN())
                .toList();
    }

    /** Of all neighbours, as there are fewer items than neighbours that are kept. */
    private double visits(InteractionLog log, int user, int item, int position, boolean trained) {
        InteractionLog training = data.log();
        boolean trains = position < training.length(user) || (trained && user < training.users());
        double sum = 0;
        for (int at = Math.max(0, position - settings.visits().historyLength()); at < position; at++) {
            int from = log.item(user, at);
            for (int other = 0; other < training.users() && from != item; other++) {
                Set<Integer> taken = taken(training, other);
                if (taken.contains(from) && taken.contains(item) && !(trains && other % 5 == user % 5)) {
                    sum += 1.0 / taken.size() / takers(training, from, trains ? user % 5 : -1);
                }
            }
        }
        return sum == 0 ? Double.NaN : sum / (sum + 1.0 / settings.visits().neighbours());
    }

    private static Set<Integer> taken(InteractionLog log, int user) {
        return IntStream.range(0, log.length(user))
                .mapToObj(position -> log.item(user, position))
                .collect(Collectors.toSet());
    }

    private static long takers(InteractionLog log, int item, int without) {
        return IntStream.range(0, log.users())
                .filter(user -> user % 5 != without)
                .filter(user -> taken(log, user).contains(item))
                .count();
    }

    /** What is known of the user, and of the item. */
    List<double[]> knowledge(KnowledgeSource of, InteractionLog log, int user, int item, int position) {
        VectorColumn items = data.catalogue().vectors().stream()
                .filter(column -> column.name().equals(of.itemVectors().orElseThrow()))
                .findFirst()
                .orElseThrow();
        double[] ofUser = of.userVectors()
                .map(name -> data.numeric().userVectors().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .map(column -> times(rows(column, this.ofUser), vector(column, user)))
                .orElseGet(() -> times(histories(items, false), mean(items, log, user, position)));
        return List.of(ofUser, times(rows(items, ofItem), vector(items, item)));
    }

    private double[] mean(VectorColumn column, InteractionLog log, int user, int position) {
        double[] mean = new double[column.width()];
        int from = Math.max(0, position - settings.historyLength());
        for (int at = from; at < position; at++) {
            double[] other = vector(column, log.item(user, at));
            for (int d = 0; d < mean.length; d++) {
                mean[d] += other[d] / (position - from);
            }
        }
        return mean;
    }

    private static double[] product(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(d -> x[d] * y[d]).toArray();
    }

    private static double[] times(double scale, double[] x) {
        return Arrays.stream(x).map(value -> scale * value).toArray();
    }

    /** Of a vector whose elements are all 1. */
    private static double length(VectorColumn column) {
        return Math.sqrt(column.width());
    }

    /** One over the root of the mean square. */
    private static double scale(DoubleStream elements) {
        return 1 / Math.sqrt(elements.map(x -> x * x).average().orElse(1));
    }

    private static double rows(VectorColumn column, boolean[] seen) {
        return scale(IntStream.range(0, seen.length)
                .filter(row -> seen[row])
                .mapToObj(row -> vector(column, row))
                .flatMapToDouble(Arrays::stream));
    }

    private double histories(VectorColumn column, boolean products) {
        Instances samples = data.training().instances();
        return scale(IntStream.range(0, samples.size())
                .filter(row -> samples.positions()[row] > 0)
                .mapToObj(row -> {
                    double[] mean = mean(column, data.log(), samples.users()[row], samples.positions()[row]);
                    return products ? product(mean, vector(column, samples.items()[row])) : mean;
                })
                .flatMapToDouble(Arrays::stream));
    }

    private double[] cosine(
            VectorColumn column, VectorParts parts, InteractionLog log, int user, int item, int position) {
        List<Double> training = new ArrayList<>();
        Instances samples = data.training().instances();
        for (int row = 0; row < samples.size(); row++) {
            double cosine = nearest(
                    column, parts, data.log(), samples.users()[row], samples.items()[row], samples.positions()[row]);
            if (!Double.isNaN(cosine)) {
                training.add(cosine);
            }
        }
        double cosine = nearest(column, parts, log, user, item, position);
        return Double.isNaN(cosine)
                ? new double[] {0, 0, 1}
                : new double[] {
                    scaled(training, cosine),
                    scaled(training.stream().map(c -> c * c).toList(), cosine * cosine),
                    0
                };
    }

    private static double nearest(
            VectorColumn column, VectorParts parts, InteractionLog log, int user, int item, int position) {
        double[] candidate = vector(column, item);
        double best = Double.NaN;
        for (int at = Math.max(0, position - parts.cosineItems()); at < position; at++) {
            double[] other = vector(column, log.item(user, at));
            double dot = 0;
            double one = 0;
            double two = 0;
            for (int d = 0; d < other.length; d++) {
                dot += candidate[d] * other[d];
                one += candidate[d] * candidate[d];
                two += other[d] * other[d];
            }
            if (one > 0 && two > 0) {
                double cosine = dot / Math.sqrt(one * two);
                best = Double.isNaN(best) ? cosine : Math.max(best, cosine);
            }
        }
        return best;
    }

    private static double[] vector(VectorColumn column, int row) {
        double[] vector = new double[column.width()];
        for (int d = 0; d < vector.length && column.has(row); d++) {
            vector[d] = column.values()[row * column.width() + d];
        }
        return vector;
    }

    /** The direction of an item's vector and of the mean of its history's directions together, of what augmentations read. */
    double[] direction(InteractionLog log, int user, int item, int position) {
        VectorColumn column = data.catalogue().vectors().stream()
                .filter(of ->
                        of.name().equals(source.orElseThrow().itemVectors().orElseThrow()))
                .findFirst()
                .orElseThrow();
        double[] mean = new double[column.width()];
        for (int at = Math.max(0, position - settings.historyLength()); at < position; at++) {
            mean = ObviousDecoder.sum(mean, unit(vector(column, log.item(user, at))));
        }
        return unit(ObviousDecoder.sum(unit(mean), unit(vector(column, item))));
    }

    /** A vector of length 1 in the same direction; zeros stay zeros. */
    static double[] unit(double[] vector) {
        double length = Math.sqrt(ObviousLayers.dot(vector, vector));
        return Arrays.stream(vector).map(x -> length > 0 ? x / length : 0).toArray();
    }
}
