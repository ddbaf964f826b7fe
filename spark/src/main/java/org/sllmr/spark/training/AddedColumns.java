// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sllmr.data.Instances;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.PairColumn;
import org.sllmr.data.SampleVectors;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;

/** What a model reads besides the dataset, such as vectors of texts, as arrays that each of Spark's serializers can send. */
final class AddedColumns implements Serializable {
    private final ArrayList<Vectors> ofItems = new ArrayList<>();
    private final ArrayList<Vectors> ofUsers = new ArrayList<>();
    private final ArrayList<Pairs> pairs = new ArrayList<>();
    private final ArrayList<OfSamples> ofSamples = new ArrayList<>();
    private final ArrayList<Neighbours> neighbours = new ArrayList<>();

    /** What the data have more than those of the dataset. */
    AddedColumns(TrainingData ofDataset, TrainingData all) {
        add(ofDataset.catalogue().vectors(), all.catalogue().vectors(), ofItems);
        add(ofDataset.numeric().userVectors(), all.numeric().userVectors(), ofUsers);
        Set<String> known =
                ofDataset.numeric().pairs().stream().map(PairColumn::name).collect(Collectors.toSet());
        for (PairColumn column : all.numeric().pairs()) {
            if (!known.contains(column.name())) {
                pairs.add(new Pairs(column));
            }
        }
        // No dataset has any of these.
        all.numeric().samples().forEach(vectors -> ofSamples.add(new OfSamples(vectors)));
        all.numeric().neighbours().forEach(column -> neighbours.add(new Neighbours(column)));
    }

    private static void add(List<VectorColumn> known, List<VectorColumn> all, List<Vectors> to) {
        Set<String> names = new HashSet<>();
        known.forEach(column -> names.add(column.name()));
        for (VectorColumn column : all) {
            if (!names.contains(column.name())) {
                to.add(new Vectors(column));
            }
        }
    }

    /** The data with these columns. */
    TrainingData addTo(TrainingData ofDataset) {
        TrainingData all = ofDataset;
        for (Vectors vectors : ofItems) {
            all = all.with(vectors.column());
        }
        for (Vectors vectors : ofUsers) {
            all = all.withUserVectors(vectors.column());
        }
        for (Pairs pair : pairs) {
            all = all.with(pair.column());
        }
        for (OfSamples vectors : ofSamples) {
            all = all.with(vectors.vectors());
        }
        for (Neighbours column : neighbours) {
            all = all.with(column.column());
        }
        return all;
    }

    private static final class Vectors implements Serializable {
        private final String name;
        private final int width;
        private final float[] values;
        private final String origin;
        private final int[] positions;

        Vectors(VectorColumn column) {
            this.name = column.name();
            this.width = column.width();
            this.values = column.values();
            this.origin = column.origin();
            this.positions = column.positions();
        }

        VectorColumn column() {
            return new VectorColumn(name, width, values, origin, positions);
        }
    }

    private static final class Pairs implements Serializable {
        private final String name;
        private final String origin;
        private final int[] offsets;
        private final int[] items;
        private final float[] values;

        Pairs(PairColumn column) {
            this.name = column.name();
            this.origin = column.origin();
            this.offsets = column.offsets();
            this.items = column.items();
            this.values = column.values();
        }

        PairColumn column() {
            return new PairColumn(name, origin, offsets, items, values);
        }
    }

    private static final class Neighbours implements Serializable {
        private final String name;
        private final int[] offsets;
        private final int[] items;
        private final float[] weights;

        Neighbours(NeighbourColumn column) {
            this.name = column.name();
            this.offsets = column.offsets();
            this.items = column.items();
            this.weights = column.weights();
        }

        NeighbourColumn column() {
            return new NeighbourColumn(name, offsets, items, weights);
        }
    }

    private static final class OfSamples implements Serializable {
        private final String name;
        private final int[] users;
        private final int[] items;
        private final int[] positions;
        private final int[] contexts;
        private final byte[] labels;
        private final int width;
        private final float[] values;
        private final String origin;

        OfSamples(SampleVectors vectors) {
            this.name = vectors.name();
            this.users = vectors.samples().users();
            this.items = vectors.samples().items();
            this.positions = vectors.samples().positions();
            this.contexts = vectors.samples().contexts();
            this.labels = vectors.labels();
            this.width = vectors.width();
            this.values = vectors.values();
            this.origin = vectors.origin();
        }

        SampleVectors vectors() {
            Instances samples = new Instances(users, items, positions, contexts);
            return new SampleVectors(name, samples, labels, width, values, origin);
        }
    }
}
