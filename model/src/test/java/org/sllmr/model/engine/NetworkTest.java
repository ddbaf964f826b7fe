// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Seed;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.SampleBackbones;
import org.sllmr.model.TokenDecoder;
import org.sllmr.model.WithHead;
import org.sllmr.model.augmentation.Augmentation;
import org.sllmr.model.augmentation.Kar;
import org.sllmr.model.augmentation.NoAugmentation;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.backbone.lightgcn.LightGcnSettings;
import org.sllmr.model.backbone.mf.MatrixFactorizationSettings;
import org.sllmr.model.backbone.neumf.NeuMfSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.batch.HistoryRows;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.MlpSettings.DropoutPlacement;
import org.sllmr.model.operation.DropoutMasks;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Pass;
import org.sllmr.model.optimizer.AdamSchedule;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.KnowledgeSource;

class NetworkTest {
    private static final List<Field> FIELDS = List.of(
            new Field("user", 0, new Field.UserId()),
            new Field("item", 1, new Field.ItemId()),
            new Field("item.brand", 2, new Field.ItemId()));
    private static final List<Field> SEQUENCE = List.of(
            new Field("history", 1, new Field.ItemHistory()), new Field("history.brand", 2, new Field.ItemHistory()));
    private static final InputShape SHAPE = new InputShape(FIELDS, 4);
    private static final int ROWS = 7;
    private List<Field> sequence = SEQUENCE;
    private int probes;
    private int kinks;
    private static final HistoryRows NONE = new HistoryRows(0);

    /** Fields of which the network makes some of vectors: of the user, of the item and of both. */
    private static final List<Field> PROJECTED = Stream.concat(
                    FIELDS.stream(),
                    Stream.of(
                            new Field("item.look", Field.NO_TABLE, new Field.ItemVector(vectors(5), 1)),
                            new Field("history.look", Field.NO_TABLE, new Field.VectorHistory(vectors(5), 1)),
                            new Field("pair.look.product", Field.NO_TABLE, new Field.VectorProduct(vectors(6), 1)),
                            new Field("pair.feel.product", Field.NO_TABLE, new Field.VectorProduct(vectors(3), 1))))
            .toList();

    private static VectorColumn vectors(int width) {
        return new VectorColumn("look", width, new float[width], "");
    }

    static List<BackboneSettings> backbones() {
        return SampleBackbones.with(Activation.TANH);
    }

    static List<BackboneSettings> backbonesOfPairs() {
        return backbones().stream()
                .filter(backbone -> !(backbone instanceof MatrixFactorizationSettings))
                .filter(backbone -> !(backbone instanceof NeuMfSettings))
                .filter(backbone -> !(backbone instanceof LightGcnSettings))
                .filter(backbone -> !(backbone instanceof SasRecSettings))
                .toList();
    }

    private Network network(BackboneSettings settings) {
        return network(settings, FIELDS);
    }

    private Network network(BackboneSettings settings, List<Field> fields) {
        return network(settings, fields, NoAugmentation.defaults());
    }

    private Network network(BackboneSettings settings, List<Field> fields, Augmentation augmentation) {
        AdamSchedule schedule = new AdamSchedule(OptimizerSettings.defaults(), 0);
        InputShape shape =
                shape(fields, settings.history() == HistoryInput.POOLED ? List.of() : sequence, augmentation);
        GraphBuilder builder = shape.network(new Seed(3), LinearInitialization.XAVIER_NORMAL);
        return new Network(
                builder.build(augmentation.logit(builder, shape, settings)), schedule, EngineKernels.fastest());
    }

    private static InputShape shape(List<Field> fields, List<Field> sequence, Augmentation augmentation) {
        List<Field> knowledge = augmentation.source().isEmpty()
                ? List.of()
                : List.of(
                        new Field(KnowledgeSource.USER, Field.NO_TABLE, new Field.VectorHistory(vectors(5), 1)),
                        new Field(KnowledgeSource.ITEM, Field.NO_TABLE, new Field.ItemVector(vectors(5), 1)));
        return new InputShape(fields, sequence, knowledge, SHAPE.dimension(), 4);
    }

    /** Rows that share a history, a row without one, and others with some items each. */
    private HistoryRows history(BackboneSettings settings, Random random) {
        boolean oneByOne = settings.history() != HistoryInput.POOLED;
        InputShape shape = shape(FIELDS, sequence, NoAugmentation.defaults());
        HistoryRows history = new HistoryRows(oneByOne ? shape.sequenceWidth() : 0);
        if (oneByOne) {
            int[] lengths = {3, 3, 0, 1, 2, 4, 2};
            for (int row = 0; row < ROWS; row++) {
                if (row != 1) {
                    history.addItems(lengths[row]);
                }
                history.addPairs(row, lengths[row]);
            }
            float[] values = gaussian(random, history.items() * history.width(), 0.7);
            System.arraycopy(values, 0, history.values(), 0, history.items() * history.width());
        }
        return history;
    }

    /** With 5 of 7 rows as samples, so that batch norm takes both of its ways. */
    @ParameterizedTest
    @MethodSource("backbones")
    void gradientsAreFiniteDifferences(BackboneSettings settings) {
        gradientsAreFiniteDifferences(settings, FIELDS);
    }

    @ParameterizedTest
    @MethodSource("backbonesOfPairs")
    void gradientsOfProjectionsAreFiniteDifferences(BackboneSettings settings) {
        gradientsAreFiniteDifferences(settings, PROJECTED);
    }

    @Test
    void gradientsOfDecodersAreFiniteDifferences() {
        gradientsAreFiniteDifferences(new TokenDecoder(1), FIELDS);
        gradientsAreFiniteDifferences(new TokenDecoder(3), PROJECTED);
    }

    /** The candidate's matrix is that of the history items as well. */
    @Test
    void gradientsOfSequencesOfVectorsAreFiniteDifferences() {
        List<Field> look = List.of(new Field("history.look", Field.NO_TABLE, new Field.ItemVector(vectors(5), 1)));
        sequence = Stream.concat(SEQUENCE.stream(), look.stream()).toList();
        gradientsAreFiniteDifferences(new SasRecSettings(2, 2, 6, 5, 0.2, 0), PROJECTED.subList(0, 4));
        sequence = look;
        gradientsAreFiniteDifferences(new SasRecSettings(1, 1, 4, 5, 0, 0), PROJECTED.subList(0, 4));
        gradientsAreFiniteDifferences(new SasRecSettings(1, 1, 4, 5, 0, 3), PROJECTED.subList(0, 4));
    }

    /** Experts that both sides share, one field of each side that the network makes too, and none. */
    @ParameterizedTest
    @MethodSource("backbones")
    void gradientsOfAugmentedNetworksAreFiniteDifferences(BackboneSettings settings) {
        Kar kar = new Kar(2, 1, 4, 3, 0.2, Optional.empty(), Optional.empty());
        gradientsAreFiniteDifferences(settings, FIELDS, kar);
        gradientsAreFiniteDifferences(settings, PROJECTED.subList(0, 5), kar);
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void gradientsOfHeadsAreFiniteDifferences(BackboneSettings settings) {
        gradientsAreFiniteDifferences(new WithHead(settings), FIELDS);
    }

    /** The loss of a head is a mean over samples alone, so it does not tell of what is only guided. */
    @ParameterizedTest
    @MethodSource("backbones")
    void headsAreMeansOverSamplesAndChangeNoLogit(BackboneSettings settings) {
        Random random = new Random(4);
        InputShape shape = new InputShape(FIELDS, SHAPE.dimension());
        RowInputs inputs =
                new RowInputs(gaussian(random, ROWS * shape.width(), 0.7), new float[0], history(settings, random));
        Network plain = network(settings);
        Network headed = network(new WithHead(settings));
        DropoutMasks masks = plain.newMasks();
        masks.draw(ROWS, 20, new Seed(9));
        Pass pass = new Pass(Pass.Mode.TRAINING, ROWS, 5, masks);
        float[] expected = new float[ROWS];
        plain.forward(inputs, pass, expected);
        float[] logits = new float[ROWS];
        headed.forward(inputs, pass, logits);
        assertThat(logits).isEqualTo(expected);
        assertThat(plain.headLosses()).isEmpty();
        double squares = 0;
        for (int row = 0; row < 5; row++) {
            squares += (double) logits[row] * logits[row];
        }
        assertThat(headed.headLosses()).hasSize(2);
        assertThat(headed.headLosses()[0]).isPositive();
        assertThat(headed.headLosses()[1]).isCloseTo(WithHead.SQUARE * squares / 5, within(1e-5));

        float[] scored = new float[ROWS];
        plain.prepareScoring();
        plain.newScoring().score(inputs, ROWS, scored);
        float[] alike = new float[ROWS];
        headed.restore(headed.copyParameters(), plain.copyStatistics());
        headed.newScoring().score(inputs, ROWS, alike);
        assertThat(alike).isEqualTo(scored);
    }

    @Test
    void headsThatCannotBeAreRefused() {
        GraphBuilder builder = SHAPE.network(new Seed(3), LinearInitialization.XAVIER_NORMAL);
        Node one = builder.total(builder.fields());
        builder.head("loss", 1, one);
        assertThatThrownBy(() -> builder.head("loss", 1, one)).hasMessageContaining("two losses 'loss'");
        assertThatThrownBy(() -> builder.head("wide", 1, builder.fields())).hasMessageContaining("not one float a row");
        assertThatThrownBy(() -> builder.head("off", 0, one)).hasMessageContaining("not one above 0");
    }

    private void gradientsAreFiniteDifferences(BackboneSettings settings, List<Field> fields) {
        gradientsAreFiniteDifferences(settings, fields, NoAugmentation.defaults());
    }

    private void gradientsAreFiniteDifferences(
            BackboneSettings settings, List<Field> fields, Augmentation augmentation) {
        Random random = new Random(11);
        InputShape shape = shape(fields, List.of(), augmentation);
        float[] input = gaussian(random, ROWS * shape.width(), 0.7);
        float[] pairs = gaussian(random, ROWS * shape.pairWidth(), 0.7);
        float[] upstream = Arrays.copyOf(gaussian(random, ROWS, 1), ROWS);
        HistoryRows history = history(settings, random);
        Network network = network(settings, fields, augmentation);
        DropoutMasks masks = network.newMasks();
        // Away from the start, where biases are 0 and norms are 1.
        float[] parameters = network.copyParameters();
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (float) (0.2 * random.nextGaussian());
        }
        float[] statistics = network.copyStatistics();
        masks.draw(ROWS, 20, new Seed(9));
        Pass pass = new Pass(Pass.Mode.TRAINING, ROWS, 5, masks);
        network.restore(parameters, statistics);
        RowInputs inputs = new RowInputs(input, pairs, history);
        network.forward(inputs, pass, new float[ROWS]);
        network.backward(upstream);
        float[] inputGradient = network.fieldGradients().clone();
        float[] itemGradient = history.items() > 0 ? network.historyGradients().clone() : new float[0];
        float[] parameterGradient = network.gradients().clone();

        for (int probe = 0; probe < 40; probe++) {
            int i = random.nextInt(ROWS) * shape.width() + random.nextInt(shape.pooledWidth());
            check("inputGradient", inputGradient[i], input, i, () -> {
                network.restore(parameters, statistics);
                return loss(network, inputs, pass, upstream);
            });
        }
        long tables = sequence.stream().filter(Field::hasTable).count();
        for (int probe = 0; probe < 30 && history.items() > 0; probe++) {
            int i = random.nextInt(history.items() * history.width());
            if (i % history.width() >= tables * SHAPE.dimension()) {
                continue; // Vectors get no derivative.
            }
            check("itemGradient", itemGradient[i], history.values(), i, () -> {
                network.restore(parameters, statistics);
                return loss(network, inputs, pass, upstream);
            });
        }
        for (Parameter parameter : network.graph().parameters().parameters()) {
            for (int probe = 0; probe < 6; probe++) {
                int i = parameter.offset() + random.nextInt(parameter.size());
                check(parameter.name(), parameterGradient[i], parameters, i, () -> {
                    network.restore(parameters, statistics);
                    return loss(network, inputs, pass, upstream);
                });
            }
        }
        assertThat(kinks).isLessThanOrEqualTo(probes / 8);
    }

    @Test
    void batchNormIgnoresRowsThatAreNotSamples() {
        BackboneSettings settings = new DeepFmSettings(
                FirstOrder.ALL_FIELDS,
                new MlpSettings(List.of(6, 4), Activation.RELU, 0.2, DropoutPlacement.AFTER_ACTIVATION, true));
        Random random = new Random(5);
        float[] samples = gaussian(random, 5 * SHAPE.width(), 1);
        float[] all = new float[ROWS * SHAPE.width() + Products.SLACK];
        System.arraycopy(samples, 0, all, 0, 5 * SHAPE.width());
        Arrays.fill(all, 5 * SHAPE.width(), all.length, 50);
        Network alone = network(settings);
        Network mixed = network(settings);
        DropoutMasks masks = alone.newMasks();
        float[] start = alone.copyStatistics();
        float[] few = new float[5];
        masks.draw(5, 0, new Seed(1));
        alone.forward(new RowInputs(samples, new float[0], NONE), new Pass(Pass.Mode.TRAINING, 5, 5, masks), few);
        float[] many = new float[ROWS];
        masks.draw(ROWS, 0, new Seed(1));
        mixed.forward(new RowInputs(all, new float[0], NONE), new Pass(Pass.Mode.TRAINING, ROWS, 5, masks), many);
        for (int row = 0; row < 5; row++) {
            assertThat(many[row]).isCloseTo(few[row], within(1e-5f));
        }
        float[] statistics = mixed.copyStatistics();
        float[] expected = alone.copyStatistics();
        assertThat(statistics).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(statistics[i]).isCloseTo(expected[i], within(1e-6f));
        }
        // The running statistics did move, by momentum 0.1 from mean 0 and variance 1.
        assertThat(expected).isNotEqualTo(start);
    }

    @Test
    void dropoutKeepsTheMeanAndEarlyRowsKeepTheirMasks() {
        MlpSettings mlp = new MlpSettings(List.of(64), Activation.RELU, 0.25, DropoutPlacement.AFTER_ACTIVATION, false);
        Network network = network(new DeepFmSettings(FirstOrder.ALL_FIELDS, mlp));
        DropoutMasks masks = network.newMasks();
        float[] input = gaussian(new Random(2), 3 * SHAPE.width(), 1);
        float[] plain = new float[3];
        network.newScoring().score(new RowInputs(input, new float[0], NONE), 3, plain);
        double[] mean = new double[3];
        int draws = 4000;
        for (int draw = 0; draw < draws; draw++) {
            masks.draw(3, 0, new Seed(draw));
            float[] logits = new float[3];
            network.sample(new RowInputs(input, new float[0], NONE), new Pass(Pass.Mode.SAMPLING, 3, 3, masks), logits);
            for (int row = 0; row < 3; row++) {
                mean[row] += logits[row] / draws;
            }
            if (draw < 5) {
                masks.draw(2, 0, new Seed(draw));
                float[] first = new float[2];
                network.sample(
                        new RowInputs(input, new float[0], NONE), new Pass(Pass.Mode.SAMPLING, 2, 2, masks), first);
                assertThat(first[0]).isCloseTo(logits[0], within(1e-6f));
                assertThat(first[1]).isCloseTo(logits[1], within(1e-6f));
            }
        }
        for (int row = 0; row < 3; row++) {
            assertThat(mean[row]).isCloseTo(plain[row], within(0.05));
        }
    }

    @FunctionalInterface
    private interface Loss {
        double value();
    }

    /**
     * Compares a derivative with central differences, extrapolated to step 0 (Richardson). Where the two steps disagree,
     * a kink of a ReLU lies between them, and there is nothing to compare.
     */
    private void check(String what, double derivative, float[] values, int i, Loss loss) {
        double wide = slope(values, i, 4e-3f, loss);
        double narrow = slope(values, i, 2e-3f, loss);
        probes++;
        if (Math.abs(wide - narrow) > 0.01 + 0.01 * Math.abs(narrow)) {
            kinks++;
            return;
        }
        double slope = (4 * narrow - wide) / 3;
        if (Math.abs(derivative - slope) > 0.005 + 0.01 * Math.abs(slope) && hasKinkAtItself(values, i, loss)) {
            kinks++;
            return;
        }
        assertThat(derivative).as(what).isCloseTo(slope, within(0.005 + 0.01 * Math.abs(slope)));
    }

    /** Whether the slopes on both sides differ, by a kink so near that both central differences step over it. */
    private static boolean hasKinkAtItself(float[] values, int i, Loss loss) {
        float value = values[i];
        double here = loss.value();
        values[i] = value + 2e-3f;
        double above = loss.value() - here;
        values[i] = value - 2e-3f;
        double below = here - loss.value();
        values[i] = value;
        return Math.abs(above - below) / 2e-3 > 0.015;
    }

    private static double slope(float[] values, int i, float step, Loss loss) {
        float value = values[i];
        values[i] = value + step;
        double above = loss.value();
        values[i] = value - step;
        double below = loss.value();
        values[i] = value;
        return (above - below) / (2.0 * step);
    }

    private static double loss(Network network, RowInputs inputs, Pass pass, float[] upstream) {
        float[] logits = new float[upstream.length];
        network.forward(inputs, pass, logits);
        double sum = 0;
        for (int row = 0; row < logits.length; row++) {
            sum += (double) upstream[row] * logits[row];
        }
        return sum + Arrays.stream(network.headLosses()).sum();
    }

    private static float[] gaussian(Random random, int length, double deviation) {
        float[] values = new float[length + Products.SLACK];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
