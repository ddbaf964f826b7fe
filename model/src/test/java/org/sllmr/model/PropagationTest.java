// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Propagation;
import org.sllmr.model.backbone.lightgcn.LightGcnSettings;
import org.sllmr.model.backbone.mf.MatrixFactorizationSettings;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.optimizer.OptimizerSettings.Kind;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.NumberSettings;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.Table;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.schema.UnknownSettings;
import org.sllmr.model.schema.VectorParts;

/** The propagated rows beside dense matrices, and what a training of them must hold to. */
class PropagationTest {
    static final RandomWorld WORLD = new RandomWorld(11, 30, 40, 9);
    static final InteractionLog LOG = WORLD.data.log();
    static final IntUnaryOperator ALL = user -> Integer.MAX_VALUE;

    /** Matrix factorisation whose rows are propagated: its biases are not. */
    private record Biased(int layers, double decay) implements BackboneSettings {
        @Override
        public FirstOrder firstOrder() {
            return FirstOrder.ALL_FIELDS;
        }

        @Override
        public Optional<Propagation> propagation() {
            return Optional.of(new Propagation(layers, decay));
        }

        @Override
        public Node build(GraphBuilder network, InputShape shape) {
            return MatrixFactorizationSettings.defaults().build(network, shape);
        }
    }

    static ModelSettings settings(BackboneSettings backbone, double rate, double epsilon) {
        return new ModelSettings(
                new SchemaSettings(
                        List.of("user", "item", "item.brand", "history"),
                        4,
                        HistoryPooling.ITEMS,
                        NumberSettings.defaults(),
                        VectorParts.defaults(),
                        TextSettings.defaults(),
                        new UnknownSettings(0.1, 2),
                        false),
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                new OptimizerSettings(Kind.ADAM, TableUpdates.DENSE, rate, 0.9, 0.999, epsilon, 0, 0, 0));
    }

    static ModelSettings settings(BackboneSettings backbone) {
        return settings(backbone, 0.01, 1e-8);
    }

    /** Without values that count as unknown. */
    static ModelSettings known(ModelSettings settings) {
        return new ModelSettings(
                new SchemaSettings(settings.schema().fields(), 4, HistoryPooling.ITEMS),
                settings.embeddingDimension(),
                settings.initialization(),
                settings.linearInitialization(),
                settings.backbone(),
                settings.optimizer());
    }

    static CtrModel model(ModelSettings settings) {
        return CtrModel.create(WORLD.data, settings, new Seed(3));
    }

    static void train(CtrModel model, int from, int to) {
        for (int step = from; step < to; step++) {
            Random random = new Random(step);
            Instances rows = new RandomWorld(step, WORLD.users, WORLD.items, 9).instances(LOG, 16, true);
            TrainableModel.Batch batch = model.prepare(LOG, rows, step % 3 == 0 ? 12 : 16);
            float[] gradient = new float[model.forward(batch).length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) random.nextGaussian();
            }
            model.backward(batch, gradient);
        }
    }

    /** (I + A + ... + A^K) / (K + 1) for the rows that have an edge; 1 on the diagonal for the others. */
    private static double[][] matrix(FeatureSchema schema, IntUnaryOperator known, int layers) {
        Table users = schema.tables().get(0);
        Table items = schema.tables().get(1);
        int size = schema.rows();
        double[][] edges = new double[size][size];
        for (int user = 0; user < LOG.users(); user++) {
            for (int position = 0; position < Math.min(known.applyAsInt(user), LOG.length(user)); position++) {
                int row = users.row(user);
                int item = items.row(LOG.item(user, position));
                if (row != users.unknown() && item != items.unknown()) {
                    edges[row][item] = 1;
                    edges[item][row] = 1;
                }
            }
        }
        double[] degrees = Arrays.stream(edges)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double[][] power = new double[size][size];
        double[][] sum = new double[size][size];
        for (int row = 0; row < size; row++) {
            power[row][row] = 1;
            sum[row][row] = 1;
        }
        for (int layer = 0; layer < layers; layer++) {
            double[][] next = new double[size][size];
            for (int row = 0; row < size; row++) {
                for (int other = 0; other < size; other++) {
                    for (int to = 0; to < size && edges[row][other] != 0; to++) {
                        next[row][to] += power[other][to] / Math.sqrt(degrees[row] * degrees[other]);
                    }
                }
            }
            power = next;
            for (int row = 0; row < size; row++) {
                for (int to = 0; to < size; to++) {
                    sum[row][to] += power[row][to];
                }
            }
        }
        for (int row = 0; row < size; row++) {
            for (int to = 0; to < size && degrees[row] > 0; to++) {
                sum[row][to] /= layers + 1;
            }
        }
        return sum;
    }

    static float[] trainedRows(CtrModel model) {
        return model.state().blocks().get(0);
    }

    /** The rows that a model file has, as they lie in the tables. */
    static float[] readRows(CtrModel model, int width) {
        float[] rows = new float[model.schema().rows() * width];
        for (NamedTensor tensor : model.tensors()) {
            for (Table table : model.schema().tables()) {
                boolean weight = tensor.name().equals("first_order." + table.name());
                if (weight || tensor.name().equals("embeddings." + table.name())) {
                    int length = tensor.shape()[1];
                    for (int row = 0; row < table.rows(); row++) {
                        System.arraycopy(
                                tensor.values(),
                                row * length,
                                rows,
                                (table.offset() + row) * width + (weight ? width - 1 : 0),
                                length);
                    }
                }
            }
        }
        return rows;
    }

    private static void assertPropagated(CtrModel model, IntUnaryOperator known, int layers, int width) {
        double[][] matrix = matrix(model.schema(), known, layers);
        float[] trained = trainedRows(model);
        float[] read = readRows(model, width);
        for (int row = 0; row < matrix.length; row++) {
            for (int d = 0; d < width; d++) {
                double expected = d == 6 ? trained[row * width + d] : 0;
                for (int other = 0; other < matrix.length && d < 6; other++) {
                    expected += matrix[row][other] * trained[other * width + d];
                }
                assertThat((double) read[row * width + d]).isCloseTo(expected, within(2e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void readRowsAreTheDenseProduct(int layers) {
        CtrModel model = model(settings(new LightGcnSettings(layers, 0.1)));
        assertPropagated(model, ALL, layers, 6);
        train(model, 0, 7);
        assertPropagated(model, ALL, layers, 6);
        CtrModel biased = model(settings(new Biased(layers, 0)));
        train(biased, 0, 7);
        assertPropagated(biased, ALL, layers, 7);
    }

    @Test
    void interactionsCanBeKeptFromTheGraph() {
        CtrModel model = model(settings(new LightGcnSettings(3, 0)));
        train(model, 0, 3);
        IntUnaryOperator some = user -> user % 3 == 0 ? LOG.length(user) - 1 : user % 3 == 1 ? 0 : 100;
        model.know(some);
        assertPropagated(model, some, 3, 6);
        train(model, 3, 6);
        assertPropagated(model, some, 3, 6);
        model.know(ALL);
        assertPropagated(model, ALL, 3, 6);
        train(model, 6, 9);
        assertPropagated(model, ALL, 3, 6);
    }

    /** Logits are those of the rows that a batch reads, although the last layer is made for these alone. */
    @Test
    void trainingReadsWhatScoringReads() {
        CtrModel model = model(known(settings(new LightGcnSettings(3, 0))));
        train(model, 0, 5);
        Instances rows = WORLD.instances(LOG, 60, true);
        CtrModel again = CtrModel.create(WORLD.data, model.settings(), new Seed(3));
        again.restore(model.state());
        assertThat(again.forward(again.prepare(LOG, rows, 60))).isEqualTo(model.score(LOG, rows));
    }

    /** With epsilon 1 and gradients far below it, Adam's first step is the gradient times the learning rate. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.004})
    void gradientsAreThoseOfFiniteDifferences(double decay) {
        for (BackboneSettings backbone :
                List.of(new LightGcnSettings(1, decay), new LightGcnSettings(3, decay), new Biased(2, decay))) {
            CtrModel model = model(known(settings(backbone, 1, 1)));
            Instances rows = WORLD.instances(LOG, 20, true);
            int samples = 16;
            float[] gradient = new float[20];
            Random random = new Random(9);
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) (1e-3 * random.nextGaussian());
            }
            ModelWeights before = (ModelWeights) model.weights();
            TrainableModel.Batch batch = model.prepare(LOG, rows, samples);
            model.forward(batch);
            model.backward(batch, gradient);
            float[] after = ((ModelWeights) model.weights()).tables();
            double[] decays = decays(model, rows, samples, decay, before.tables());
            int checked = 0;
            for (int i = 0; i < after.length; i += 1 + random.nextInt(7)) {
                double slope =
                        (loss(model, before, i, 0.05f, rows, gradient) - loss(model, before, i, -0.05f, rows, gradient))
                                / 0.1;
                double moved = before.tables()[i] - after[i];
                // The step is g / (1 + |g|).
                assertThat(moved / (1 - Math.abs(moved)))
                        .isCloseTo(slope + decays[i], within(4e-7 + 1e-3 * Math.abs(slope + decays[i])));
                checked += slope == 0 ? 0 : 1;
            }
            assertThat(checked).isGreaterThan(50);
        }
    }

    private static double loss(
            CtrModel model, ModelWeights weights, int at, float change, Instances rows, float[] gradient) {
        float[] changed = weights.tables().clone();
        changed[at] += change;
        model.restore(new ModelWeights(changed, weights.parameters(), weights.statistics()));
        float[] scores = model.score(LOG, rows);
        double sum = 0;
        for (int row = 0; row < scores.length; row++) {
            sum += (double) scores[row] * gradient[row];
        }
        return sum;
    }

    /** The slope of decay times half the squares of a batch's rows, over its positives; rows come in pairs. */
    static double[] decays(CtrModel model, Instances rows, int samples, double decay, float[] weights) {
        FeatureSchema schema = model.schema();
        int width = weights.length / schema.rows();
        double[] named = new double[schema.rows()];
        int groups = 0;
        for (int row = 0; row < samples; row++) {
            int user = rows.users()[row];
            int position = rows.positions()[row];
            boolean starts = row == 0 || rows.users()[row - 1] != user || rows.positions()[row - 1] != position;
            groups += starts ? 1 : 0;
            if (starts) {
                named[schema.tables().get(0).row(user)]++;
                for (int p = Math.max(0, position - 4); p < position; p++) {
                    named[schema.tables().get(1).row(LOG.item(user, p))]++;
                }
            }
            int item = rows.items()[row];
            named[schema.tables().get(1).row(item)]++;
            var brands = WORLD.data.catalogue().fields().get(0);
            for (int v = brands.offsets()[item]; v < brands.offsets()[item + 1]; v++) {
                named[schema.tables().get(2).row(brands.values()[v])]++;
            }
        }
        double[] slopes = new double[weights.length];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = decay / groups * named[i / width] * weights[i];
        }
        return slopes;
    }

    @Test
    void stoppedTrainingsGoOnWithTheSameBits() {
        ModelSettings settings = settings(new LightGcnSettings(3, 0.1));
        CtrModel whole = model(settings);
        train(whole, 0, 12);
        CtrModel first = model(settings);
        train(first, 0, 5);
        TrainingState state = first.state();
        CtrModel second = CtrModel.create(WORLD.data, settings, new Seed(3));
        second.restore(state);
        train(second, 5, 12);
        for (int block = 0; block < 4; block++) {
            assertThat(second.state().blocks().get(block))
                    .isEqualTo(whole.state().blocks().get(block));
        }
    }

    @Test
    void kernelsLeaveNoTrace() {
        ModelSettings settings = settings(new Biased(3, 0.1));
        FeatureSchema schema = settings.fields(WORLD.data);
        List<float[]> all = new ArrayList<>();
        for (EngineKernels kernels : List.of(EngineKernels.fastest(), EngineKernels.plain())) {
            CtrModel model = CtrModel.create(schema, settings, kernels, new Seed(8));
            train(model, 0, 30);
            all.add(trainedRows(model));
            all.add(readRows(model, 7));
        }
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(all.get(3)).isEqualTo(all.get(1));
    }

    @Test
    void aModelFileNeedsNoInteractions(@TempDir Path folder) throws IOException {
        ModelSettings settings = settings(new LightGcnSettings(2, 0));
        CtrModel model = model(settings);
        train(model, 0, 9);
        Path file = folder.resolve("model");
        ModelFile.write(file, model, Map.of());
        Instances rows = WORLD.instances(80);
        float[] scores = model.score(LOG, rows);
        CtrModel withGraph = CtrModel.create(WORLD.data, settings, new Seed(77));
        CtrModel without = CtrModel.create(FeatureSchema.of(WORLD.data, settings.schema()), settings, new Seed(78));
        for (CtrModel read : List.of(withGraph, without)) {
            ModelFile.read(file, read);
            assertThat(read.score(LOG, rows)).isEqualTo(scores);
            assertThat(readRows(read, 6)).isEqualTo(readRows(model, 6));
        }
        TrainableModel.Batch batch = withGraph.prepare(LOG, rows, rows.size());
        assertThatThrownBy(() -> withGraph.forward(batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("propagated rows");
        assertThatThrownBy(withGraph::state).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unknownUsersAndItemsAreTheirOwnRows() {
        CtrModel model = model(settings(new LightGcnSettings(3, 0)));
        train(model, 0, 9);
        float[] trained = trainedRows(model);
        float[] read = readRows(model, 6);
        for (Table table : model.schema().tables()) {
            assertThat(Arrays.copyOfRange(read, 6 * table.unknown(), 6 * table.unknown() + 6))
                    .isEqualTo(Arrays.copyOfRange(trained, 6 * table.unknown(), 6 * table.unknown() + 6));
        }
        float[] scores = model.score(LOG, new Instances(new int[] {-1, 999}, new int[] {-1, 999}, new int[2]));
        assertThat(scores[1]).isEqualTo(scores[0]);
    }

    @Test
    void whatCannotBePropagatedIsRefused() {
        OptimizerSettings sparse =
                new OptimizerSettings(Kind.ADAM, TableUpdates.SPARSE, 0.01, 0.9, 0.999, 1e-8, 0, 0, 0);
        ModelSettings base = settings(LightGcnSettings.defaults());
        assertThatThrownBy(() -> new ModelSettings(
                        base.schema(), 6, base.initialization(), base.linearInitialization(), base.backbone(), sparse))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("optimizer.tableUpdates")
                .hasMessageContaining("dense");
        ModelSettings lacking = new ModelSettings(
                new SchemaSettings(List.of("user.age", "item"), 4, HistoryPooling.ITEMS),
                6,
                base.initialization(),
                base.linearInitialization(),
                base.backbone(),
                base.optimizer());
        assertThatThrownBy(() -> lacking.create(WORLD.data, new Seed(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'user'");
    }
}
