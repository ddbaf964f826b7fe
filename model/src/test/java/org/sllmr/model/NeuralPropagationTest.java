// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.sllmr.model.backbone.lightgcn.NgcfSettings;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.model.schema.Table;

/** NGCF's propagated rows beside its definition, user by user, and its derivatives beside differences. */
class NeuralPropagationTest {
    private static final InteractionLog LOG = PropagationTest.LOG;

    private static ModelSettings settings(int layers, double decay) {
        return PropagationTest.settings(new NgcfSettings(layers, decay));
    }

    /** The rows that interacted, with one over the root of both numbers of neighbours; 0 for others. */
    private static double[][] adjacency(FeatureSchema schema, IntUnaryOperator known) {
        Table users = schema.tables().get(0);
        Table items = schema.tables().get(1);
        double[][] edges = new double[schema.rows()][schema.rows()];
        double[] degrees = new double[schema.rows()];
        for (int user = 0; user < LOG.users(); user++) {
            for (int position = 0; position < Math.min(known.applyAsInt(user), LOG.length(user)); position++) {
                int row = users.row(user);
                int item = items.row(LOG.item(user, position));
                if (row != users.unknown() && item != items.unknown() && edges[row][item] == 0) {
                    edges[row][item] = 1;
                    edges[item][row] = 1;
                    degrees[row]++;
                    degrees[item]++;
                }
            }
        }
        for (int row = 0; row < edges.length; row++) {
            for (int other = 0; other < edges.length; other++) {
                edges[row][other] /= Math.max(1, Math.sqrt(degrees[row] * degrees[other]));
            }
        }
        return edges;
    }

    /** E(k+1) = LeakyReLU(W1 (e_u + sum of n e_i) + W2 sum of n (e_i * e_u)), all layers one behind the other. */
    private static double[][] expected(CtrModel model, IntUnaryOperator known, int layers) {
        double[][] edges = adjacency(model.schema(), known);
        float[] trained = PropagationTest.trainedRows(model);
        int size = 6 / (layers + 1);
        double[][] all = new double[edges.length][6];
        double[][] e = new double[edges.length][size];
        for (int row = 0; row < edges.length; row++) {
            for (int d = 0; d < 6; d++) {
                all[row][d] = trained[row * 6 + d];
            }
            System.arraycopy(all[row], 0, e[row], 0, size);
        }
        for (int layer = 0; layer < layers; layer++) {
            double[][] first = matrix(model, "propagation." + layer + ".sum.weight", size);
            double[][] second = matrix(model, "propagation." + layer + ".product.weight", size);
            double[][] next = new double[edges.length][size];
            for (int row = 0; row < edges.length; row++) {
                boolean connected = false;
                double[] z = times(e[row], first);
                for (int other = 0; other < edges.length; other++) {
                    if (edges[row][other] != 0) {
                        connected = true;
                        double[] product = new double[size];
                        for (int d = 0; d < size; d++) {
                            product[d] = e[row][d] * e[other][d];
                        }
                        double[] ofSum = times(e[other], first);
                        double[] ofProduct = times(product, second);
                        for (int d = 0; d < size; d++) {
                            z[d] += edges[row][other] * (ofSum[d] + ofProduct[d]);
                        }
                    }
                }
                for (int d = 0; d < size; d++) {
                    next[row][d] = z[d] > 0 ? z[d] : 0.2 * z[d];
                    if (connected) {
                        all[row][(layer + 1) * size + d] = next[row][d];
                    }
                }
            }
            e = next;
        }
        return all;
    }

    private static double[] times(double[] x, double[][] matrix) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[j] += x[i] * matrix[i][j];
            }
        }
        return y;
    }

    private static double[][] matrix(CtrModel model, String name, int size) {
        Parameter parameter = model.network().graph().parameters().parameters().stream()
                .filter(of -> of.name().equals(name))
                .findFirst()
                .orElseThrow();
        float[] values = model.network().copyParameters();
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[i][j] = values[parameter.offset() + i * size + j];
            }
        }
        return matrix;
    }

    private static void assertPropagated(CtrModel model, IntUnaryOperator known, int layers) {
        double[][] expected = expected(model, known, layers);
        float[] read = PropagationTest.readRows(model, 6);
        for (int row = 0; row < expected.length; row++) {
            for (int d = 0; d < 6; d++) {
                assertThat((double) read[row * 6 + d]).isCloseTo(expected[row][d], within(5e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void readRowsAreTheDefinition(int layers) {
        CtrModel model = PropagationTest.model(settings(layers, 0.1));
        assertPropagated(model, PropagationTest.ALL, layers);
        PropagationTest.train(model, 0, 7);
        assertPropagated(model, PropagationTest.ALL, layers);
        IntUnaryOperator some = user -> user % 3 == 0 ? LOG.length(user) - 1 : user % 3 == 1 ? 0 : 100;
        model.know(some);
        assertPropagated(model, some, layers);
        PropagationTest.train(model, 7, 10);
        assertPropagated(model, some, layers);
    }

    @Test
    void trainingReadsWhatScoringReads() {
        CtrModel model = PropagationTest.model(PropagationTest.known(settings(2, 0)));
        PropagationTest.train(model, 0, 5);
        Instances rows = PropagationTest.WORLD.instances(LOG, 60, true);
        CtrModel again = CtrModel.create(PropagationTest.WORLD.data, model.settings(), new Seed(3));
        again.restore(model.state());
        assertThat(again.forward(again.prepare(LOG, rows, 60))).isEqualTo(model.score(LOG, rows));
    }

    /** With epsilon 1 and gradients far below it, Adam's first step is the gradient times the learning rate. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.004})
    void gradientsAreThoseOfFiniteDifferences(double decay) {
        for (int layers : new int[] {1, 2}) {
            CtrModel model = PropagationTest.model(
                    PropagationTest.known(PropagationTest.settings(new NgcfSettings(layers, decay), 1, 1)));
            Instances rows = PropagationTest.WORLD.instances(LOG, 20, true);
            float[] gradient = new float[20];
            Random random = new Random(9);
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) (1e-3 * random.nextGaussian());
            }
            ModelWeights before = (ModelWeights) model.weights();
            TrainableModel.Batch batch = model.prepare(LOG, rows, 16);
            model.forward(batch);
            model.backward(batch, gradient);
            ModelWeights after = (ModelWeights) model.weights();
            double[] decays = PropagationTest.decays(model, rows, 16, decay, before.tables());
            int compared = 0;
            for (int i = 0; i < before.tables().length; i += 1 + random.nextInt(3)) {
                compared += check(model, before, before.tables(), after.tables(), i, decays[i], rows, gradient) ? 1 : 0;
            }
            assertThat(compared).as("slopes of rows").isGreaterThan(50);
            compared = 0;
            for (Parameter parameter : model.network().graph().parameters().parameters()) {
                for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
                    compared +=
                            check(model, before, before.parameters(), after.parameters(), i, 0, rows, gradient) ? 1 : 0;
                }
            }
            assertThat(compared).as("slopes of weights").isGreaterThan(6);
        }
    }

    /**
     * Compares a derivative with the loss at five points, unless the activation has a kink between them, which shows: without
     * one, slopes agree and the bend grows with the step.
     *
     * @return whether it was compared
     */
    private static boolean check(
            CtrModel model,
            ModelWeights before,
            float[] start,
            float[] stepped,
            int at,
            double decay,
            Instances rows,
            float[] gradient) {
        double step = 0.01;
        double[] losses = new double[5];
        for (int point = 0; point < losses.length; point++) {
            losses[point] = loss(model, before, start, at, (float) ((point - 2) * step), rows, gradient);
        }
        double narrow = (losses[3] - losses[1]) / (2 * step);
        double wide = (losses[4] - losses[0]) / (4 * step);
        double bend = (losses[3] - 2 * losses[2] + losses[1]) / step;
        double wideBend = (losses[4] - 2 * losses[2] + losses[0]) / (2 * step);
        double tolerance = 1e-6 + 5e-3 * Math.abs(narrow + decay);
        if (Math.abs(wide - narrow) > tolerance / 4 || Math.abs(bend - wideBend / 2) > tolerance / 4) {
            return false;
        }
        double moved = start[at] - stepped[at];
        // The step is g / (1 + |g|).
        assertThat(moved / (1 - Math.abs(moved)))
                .as("derivative by %s", at)
                .isCloseTo(narrow + decay, within(tolerance));
        return narrow != 0;
    }

    private static double loss(
            CtrModel model, ModelWeights of, float[] block, int at, float step, Instances rows, float[] gradient) {
        float[] changed = block.clone();
        changed[at] += step;
        model.restore(
                block == of.tables()
                        ? new ModelWeights(changed, of.parameters(), of.statistics())
                        : new ModelWeights(of.tables(), changed, of.statistics()));
        float[] scores = model.score(LOG, rows);
        double loss = 0;
        for (int row = 0; row < scores.length; row++) {
            loss += (double) scores[row] * gradient[row];
        }
        return loss;
    }

    @Test
    void stoppedTrainingsGoOnWithTheSameBits() {
        ModelSettings settings = settings(2, 0.1);
        CtrModel whole = PropagationTest.model(settings);
        PropagationTest.train(whole, 0, 12);
        CtrModel first = PropagationTest.model(settings);
        PropagationTest.train(first, 0, 5);
        CtrModel second = CtrModel.create(PropagationTest.WORLD.data, settings, new Seed(3));
        second.restore(first.state());
        PropagationTest.train(second, 5, 12);
        for (int block = 0; block < 8; block++) {
            assertThat(second.state().blocks().get(block))
                    .isEqualTo(whole.state().blocks().get(block));
        }
    }

    @Test
    void kernelsLeaveNoTrace() {
        ModelSettings settings = settings(2, 0.1);
        FeatureSchema schema = settings.fields(PropagationTest.WORLD.data);
        List<float[]> all = new ArrayList<>();
        for (EngineKernels kernels : List.of(EngineKernels.fastest(), EngineKernels.plain())) {
            CtrModel model = CtrModel.create(schema, settings, kernels, new Seed(8));
            PropagationTest.train(model, 0, 30);
            all.add(PropagationTest.trainedRows(model));
            all.add(model.network().copyParameters());
        }
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(all.get(3)).isEqualTo(all.get(1));
    }

    @Test
    void aModelFileNeedsNoInteractions(@TempDir Path folder) throws IOException {
        ModelSettings settings = settings(2, 0);
        CtrModel model = PropagationTest.model(settings);
        PropagationTest.train(model, 0, 9);
        Path file = folder.resolve("model");
        ModelFile.write(file, model, Map.of());
        Instances rows = PropagationTest.WORLD.instances(80);
        CtrModel without = CtrModel.create(
                FeatureSchema.of(PropagationTest.WORLD.data, settings.schema()), settings, new Seed(78));
        ModelFile.read(file, without);
        assertThat(without.score(LOG, rows)).isEqualTo(model.score(LOG, rows));
    }

    /** A request has the score of the row, from the rows that a file has. */
    @Test
    void rankingReadsThePropagatedRows() {
        CtrModel model = PropagationTest.model(settings(2, 0));
        PropagationTest.train(model, 0, 9);
        int[] history = new int[LOG.length(4)];
        LOG.copyItems(4, 0, history.length, history, 0);
        float[] asked = model.requestScorer(PropagationTest.WORLD.items, 1L << 20)
                .all(new RequestScorer.Request(4, history, GivenValues.NONE, GivenValues.NONE, List.of()));
        for (int item = 0; item < asked.length; item++) {
            float row = model.score(LOG, new Instances(new int[] {4}, new int[] {item}, new int[] {history.length}))[0];
            assertThat(asked[item]).isCloseTo(row, within(5e-5f * (1 + Math.abs(row))));
        }
    }

    @Test
    void anEmbeddingThatCannotBeSharedOutIsRefused() {
        assertThatThrownBy(() -> PropagationTest.model(settings(3, 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("embeddingDimension")
                .hasMessageContaining("multiple of 4");
        assertThatThrownBy(() -> new NgcfSettings(0, 2))
                .hasMessageContaining("layers: is 0")
                .hasMessageContaining("batchWeightDecay: is 2");
    }
}
