// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Part;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.TrainedRun.StopReason;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.gate.CalibratedGateSettings;
import org.sllmr.training.gate.GateReport;
import org.sllmr.training.gate.GateSettings;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.gate.NormalizedGateSettings;
import org.sllmr.training.gate.RandomGateSettings;
import org.sllmr.training.guidance.CalibratedPairwise;
import org.sllmr.training.guidance.Distillation;
import org.sllmr.training.guidance.GlobalPairwise;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.GuidanceReport;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.guidance.HingeReduction;
import org.sllmr.training.guidance.HingeSettings;
import org.sllmr.training.guidance.None;
import org.sllmr.training.guidance.Pointwise;
import org.sllmr.training.guidance.Reference;
import org.sllmr.training.guidance.Regularizer;
import org.sllmr.training.guidance.SelectivePairwise;
import org.sllmr.training.negatives.DrawnNegatives;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BayesianPersonalizedRanking;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.objective.InfoNce;
import org.sllmr.training.objective.Objective;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.signal.SparsitySettings;
import org.sllmr.training.signal.Uncertainty;
import org.sllmr.training.supervision.PairSettings;
import org.sllmr.training.supervision.RowSettings;
import org.sllmr.training.supervision.Supervision;

class TrainerTest {
    private static final Seed SEED = new Seed(17);
    private static final double RATE = 2;

    private final World world = World.small(1);
    private final TeacherTable teacher = world.holdingOut();

    static Stream<Guidance> guidances() {
        return Stream.of(
                None.defaults(),
                SelectivePairwise.defaults(),
                new SelectivePairwise(
                        0.1,
                        PairSettings.defaults(),
                        HingeSettings.defaults(),
                        new SignalSettings(SparsitySettings.defaults(), Uncertainty.DROPOUT_VARIANCE, 3),
                        JointGateSettings.defaults()),
                gated(CalibratedGateSettings.defaults()),
                gated(NormalizedGateSettings.defaults()),
                gated(RandomGateSettings.defaults()),
                calibrated(3),
                GlobalPairwise.defaults(),
                Pointwise.defaults(),
                Distillation.defaults());
    }

    private static CalibratedPairwise calibrated(double lambda) {
        return new CalibratedPairwise(
                lambda, new RowSettings(24, 4), 1, 0, true, false, NewItems.UNPOPULAR, 5, 0, false);
    }

    private static SelectivePairwise gated(GateSettings gate) {
        return new SelectivePairwise(
                0.1, PairSettings.defaults(), HingeSettings.defaults(), SignalSettings.defaults(), gate);
    }

    @ParameterizedTest
    @MethodSource("guidances")
    void sameSeedGivesTheSameBitsPreparedAheadOrNot(Guidance guidance) throws InterruptedException {
        Outcome first = train(guidance, settings(4, true), SEED);
        assertThat(train(guidance, settings(4, true), SEED)).isEqualTo(first);
        assertThat(train(guidance, settings(4, false), SEED)).isEqualTo(first);
        assertThat(train(guidance, settings(4, false), new Seed(18))).isNotEqualTo(first);
    }

    /** What a training left behind, without times. */
    private record Outcome(List<Object> epochs, List<Float> scores) {}

    private Outcome train(Guidance guidance, TrainingSettings settings, Seed seed) throws InterruptedException {
        FactorizationModel model = model(world);
        TrainedRun run = new Trainer(settings, guidance)
                .train(model, world.data(), teacher, world.slices(), seed, TrainingListener.SILENT);
        List<Object> epochs = new ArrayList<>();
        for (EpochRecord epoch : run.epochs()) {
            epochs.add(List.of(
                    epoch.epoch(),
                    epoch.objectiveLoss(),
                    epoch.guidanceLoss(),
                    epoch.learningRate(),
                    epoch.validation(),
                    epoch.guidance(),
                    epoch.best()));
        }
        return new Outcome(epochs, scores(model, world.data()));
    }

    private static List<Float> scores(FactorizationModel model, TrainingData data) {
        List<Float> scores = new ArrayList<>();
        for (float score : model.score(data.log(), data.validation().samples().instances())) {
            scores.add(score);
        }
        return scores;
    }

    private static FactorizationModel model(World world) {
        return new FactorizationModel(world, RATE, 0.2, new Seed(5));
    }

    private static TrainingSettings settings(int epochs, boolean ahead) {
        return new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                32,
                epochs,
                epochs,
                PlateauDecay.defaults(),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                ahead);
    }

    @Test
    void withoutGuidanceItEqualsAPlainLoop() throws InterruptedException {
        FactorizationModel trained = model(world);
        TrainedRun run = new Trainer(settings(3, true), None.defaults())
                .train(trained, world.data(), world.teacher(), world.slices(), SEED, TrainingListener.SILENT);
        FactorizationModel expected = model(world);
        for (int epoch = 1; epoch <= run.bestEpoch(); epoch++) {
            int[] order =
                    shuffled(world.data().training().size(), SEED.child("order").child(epoch));
            for (int from = 0; from < order.length; from += 32) {
                int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + 32));
                FactorizationModel.Rows batch = expected.prepare(world.data().log(), samples(rows), rows.length);
                float[] logits = expected.forward(batch);
                float[] gradient = new float[rows.length];
                for (int row = 0; row < rows.length; row++) {
                    float label = world.data().training().label(rows[row]);
                    gradient[row] = (float) ((Logistic.sigmoid(logits[row]) - label) / rows.length);
                }
                expected.backward(batch, gradient);
            }
        }
        assertThat(scores(trained, world.data())).isEqualTo(scores(expected, world.data()));
    }

    /** The paper's Algorithm 1, implemented independently. */
    @ParameterizedTest
    @MethodSource("guidances")
    void withGuidanceItEqualsThePapersAlgorithm(Guidance guidance) throws InterruptedException {
        FactorizationModel trained = model(world);
        TrainedRun run = new Trainer(settings(3, true), guidance)
                .train(trained, world.data(), teacher, world.slices(), SEED, TrainingListener.SILENT);
        FactorizationModel expected = model(world);
        Regularizer regularizer = guidance.regularizer(world.data(), teacher);
        regularizer.reference().ifPresent(reference -> trainAlone(expected, reference));
        int[] trainedOn = isCalibrated(guidance)
                ? rowsWithoutHeldOut()
                : IntStream.range(0, world.data().training().size()).toArray();
        for (int epoch = 1; epoch <= run.bestEpoch(); epoch++) {
            regularizer.beforeEpoch(new EpochStart(
                    epoch,
                    expected,
                    (rows, gradient, asked) -> {
                        throw new AssertionError("none of these looks a step ahead");
                    },
                    SEED.child("gate").child(epoch)));
            int[] order = pick(
                    trainedOn, shuffled(trainedOn.length, SEED.child("order").child(epoch)));
            for (int step = 0; step * 32 < order.length; step++) {
                int[] rows = Arrays.copyOfRange(order, 32 * step, Math.min(order.length, 32 * step + 32));
                float[] labels = new float[rows.length];
                for (int row = 0; row < rows.length; row++) {
                    labels[row] = world.data().training().label(rows[row]);
                }
                Instances samples = samples(rows);
                Supervision supervision = regularizer.select(
                        samples, SEED.child("guidance").child(epoch).child(step));
                Instances all = new Instances(
                        join(samples.users(), supervision.rows().users()),
                        join(samples.items(), supervision.rows().items()),
                        join(samples.positions(), supervision.rows().positions()));
                FactorizationModel.Rows batch = expected.prepare(world.data().log(), all, rows.length);
                float[] logits = expected.forward(batch);
                float[] gradient = new float[all.size()];
                BinaryCrossEntropy.defaults().evaluate(logits, labels, 2, gradient);
                regularizer.apply(supervision, logits, gradient, () -> expected.resample(batch));
                expected.backward(batch, gradient);
            }
        }
        assertThat(scores(trained, world.data())).isEqualTo(scores(expected, world.data()));
        if (run.reference().isEmpty()) {
            assertThat(trained.sampleRows()).startsWith(expected.sampleRows().toArray(Integer[]::new));
        }
    }

    /**
     * Trains a model without guidance and without the held-out interactions, and leaves the best epoch's weights in it.
     */
    private void trainAlone(FactorizationModel alone, Reference reference) {
        int[] rows = rowsWithoutHeldOut();
        double best = Double.NEGATIVE_INFINITY;
        FactorizationModel.Weights weights = alone.weights();
        for (int epoch = 1; epoch <= reference.maxEpochs(); epoch++) {
            int[] order = pick(
                    rows,
                    shuffled(rows.length, SEED.child("reference").child("order").child(epoch)));
            for (int step = 0; step * 32 < order.length; step++) {
                int[] taken = Arrays.copyOfRange(order, 32 * step, Math.min(order.length, 32 * step + 32));
                Instances samples = samples(taken);
                FactorizationModel.Rows batch = alone.prepare(world.data().log(), samples, taken.length);
                float[] logits = alone.forward(batch);
                float[] gradient = new float[taken.length];
                for (int row = 0; row < taken.length; row++) {
                    float label = world.data().training().label(taken[row]);
                    gradient[row] = (float) ((Logistic.sigmoid(logits[row]) - label) / taken.length);
                }
                alone.backward(batch, gradient);
            }
            double auc = Evaluation.evaluate(
                            alone.score(
                                    world.data().log(),
                                    world.data().validation().samples().instances()),
                            world.data().validation().samples(),
                            world.slices())
                    .auc()
                    .value()
                    .orElseThrow();
            if (auc > best) {
                best = auc;
                weights = alone.weights();
            }
        }
        alone.restore(weights);
        reference.accept(alone.score(world.data().log(), reference.rows()));
    }

    private static boolean isCalibrated(Guidance guidance) {
        return guidance instanceof SelectivePairwise selective && selective.gate() instanceof CalibratedGateSettings;
    }

    /** All training rows except those of the held-out interactions. */
    private int[] rowsWithoutHeldOut() {
        Instances all = world.data().training().instances();
        boolean[] heldOut = teacher.heldOut();
        return IntStream.range(0, all.size())
                .filter(row -> !heldOut[all.users()[row]]
                        || all.positions()[row] < world.data().log().length(all.users()[row]) - 1)
                .toArray();
    }

    @Test
    void heldOutInteractionsAreTrainedOnUnlessTheGateIsFittedOnThem() throws InterruptedException {
        boolean[] heldOut = teacher.heldOut();
        int users = 0;
        for (boolean one : heldOut) {
            users += one ? 1 : 0;
        }
        assertThat(users).isBetween(10, 20);
        assertThat(lastRowsSeen(gated(CalibratedGateSettings.defaults()), heldOut))
                .isZero();
        for (Guidance other : List.of(
                gated(JointGateSettings.defaults()),
                gated(NormalizedGateSettings.defaults()),
                gated(RandomGateSettings.defaults()),
                GlobalPairwise.defaults(),
                None.defaults())) {
            assertThat(lastRowsSeen(other, heldOut)).as("%s", other).isEqualTo(2 * users * 2);
        }
    }

    @Test
    void heldOutInteractionsAreLeftOutOfTheReferenceTrainingOnly() throws InterruptedException {
        boolean[] heldOut = teacher.heldOut();
        AtomicInteger alone = new AtomicInteger();
        AtomicInteger guided = new AtomicInteger();
        AtomicBoolean answered = new AtomicBoolean();
        AtomicReference<IntUnaryOperator> known = new AtomicReference<>(user -> -1);
        FactorizationModel model = new FactorizationModel(world, RATE, 0.2, new Seed(5)) {
            @Override
            public void know(IntUnaryOperator first) {
                known.set(first);
            }

            private void checkKnown(InteractionLog log) {
                for (int user = 0; user < heldOut.length; user++) {
                    assertThat(known.get().applyAsInt(user) < log.length(user))
                            .isEqualTo(heldOut[user] && !answered.get());
                }
            }

            @Override
            public Rows prepare(InteractionLog log, Instances rows, int sampleRows) {
                checkKnown(log);
                for (int row = 0; row < sampleRows; row++) {
                    if (heldOut[rows.users()[row]] && rows.positions()[row] == log.length(rows.users()[row]) - 1) {
                        (answered.get() ? guided : alone).incrementAndGet();
                    }
                }
                return super.prepare(log, rows, sampleRows);
            }

            @Override
            public float[] score(InteractionLog log, Instances rows) {
                if (rows.size() == teacher.size()) {
                    checkKnown(log);
                }
                answered.compareAndSet(false, rows.size() == teacher.size());
                return super.score(log, rows);
            }
        };
        TrainedRun run = new Trainer(settings(2, true), calibrated(3))
                .train(model, world.data(), teacher, world.slices(), SEED, TrainingListener.SILENT);
        assertThat(alone).hasValue(0);
        assertThat(guided).hasPositiveValue();
        TrainedRun reference = run.reference().orElseThrow();
        assertThat(reference.epochs()).hasSizeBetween(1, 5);
        assertThat(reference.epochs())
                .allSatisfy(epoch -> assertThat(epoch.guidanceLoss()).isZero());
    }

    /** Counts training rows of held-out interactions in two epochs; no guidance row may be of a held-out user. */
    private int lastRowsSeen(Guidance guidance, boolean[] heldOut) throws InterruptedException {
        AtomicInteger seen = new AtomicInteger();
        FactorizationModel model = new FactorizationModel(world, RATE, 0.2, new Seed(5)) {
            @Override
            public Rows prepare(InteractionLog log, Instances rows, int sampleRows) {
                for (int row = 0; row < rows.size(); row++) {
                    int user = rows.users()[row];
                    if (heldOut[user] && row >= sampleRows) {
                        throw new AssertionError("guides user " + user);
                    }
                    if (heldOut[user] && rows.positions()[row] == log.length(user) - 1) {
                        seen.incrementAndGet();
                    }
                }
                return super.prepare(log, rows, sampleRows);
            }
        };
        new Trainer(settings(2, true), guidance)
                .train(model, world.data(), teacher, world.slices(), SEED, TrainingListener.SILENT);
        return seen.get();
    }

    private Instances samples(int[] rows) {
        Instances all = world.data().training().instances();
        return new Instances(pick(all.users(), rows), pick(all.items(), rows), pick(all.positions(), rows));
    }

    private static int[] join(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private static int[] shuffled(int size, Seed seed) {
        int[] order = new int[size];
        for (int index = 0; index < size; index++) {
            order[index] = index;
        }
        RandomGenerator random = seed.generator();
        for (int last = size - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(row -> values[row]).toArray();
    }

    static Stream<Objective> objectives() {
        return Stream.of(BinaryCrossEntropy.defaults(), BayesianPersonalizedRanking.defaults(), InfoNce.defaults());
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void everyObjectiveLearns(Objective objective) throws InterruptedException {
        World wide = World.of(60, 45, 3, new Seed(2));
        FactorizationModel model = model(wide);
        double before = auc(model, wide);
        TrainingSettings settings = new TrainingSettings(
                objective,
                30,
                15,
                15,
                PlateauDecay.defaults(),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                true);
        TrainedRun run = new Trainer(settings, None.defaults())
                .train(model, wide.data(), null, wide.slices(), SEED, TrainingListener.SILENT);
        assertThat(auc(model, wide)).isGreaterThan(Math.max(before, 0.6));
        assertThat(auc(model, wide)).isEqualTo(run.validation().auc().value().orElseThrow());
        assertThat(run.epochs().get(14).objectiveLoss())
                .isLessThan(run.epochs().get(0).objectiveLoss());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auc", "logLoss", "aucHead"})
    void theBestEpochIsThatOfTheWatchedMetric(String watch) throws InterruptedException {
        World wide = World.of(60, 45, 3, new Seed(2));
        TrainingSettings settings = new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                30,
                40,
                watch,
                40,
                PlateauDecay.defaults(),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                true);
        TrainedRun run = new Trainer(settings, None.defaults())
                .train(model(wide), wide.data(), null, wide.slices(), SEED, TrainingListener.SILENT);
        SampleMetric metric = SampleMetric.of(watch).orElseThrow();
        double[] values = run.epochs().stream()
                .mapToDouble(epoch -> epoch.validation().get(metric).value().orElseThrow())
                .map(value -> metric.higherIsBetter() ? value : -value)
                .toArray();
        double best = Arrays.stream(values).max().orElseThrow();
        assertThat(values[run.bestEpoch() - 1]).isEqualTo(best);
        assertThat(run.epochs().stream().filter(EpochRecord::best).count()).isGreaterThan(1);
    }

    @Test
    void aWatchedMetricThatIsUndefinedIsNamed() {
        World wide = World.of(60, 45, 3, new Seed(2));
        TrainingSettings settings = new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                30,
                2,
                "aucNewUsers",
                2,
                PlateauDecay.defaults(),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                true);
        assertThatThrownBy(() -> new Trainer(settings, None.defaults())
                        .train(model(wide), wide.data(), null, wide.slices(), SEED, TrainingListener.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no validation samples of which aucNewUsers is defined");
    }

    private static double auc(FactorizationModel model, World world) {
        float[] logits = model.score(
                world.data().log(), world.data().validation().samples().instances());
        return Evaluation.evaluate(logits, world.data().validation().samples(), world.slices())
                .auc()
                .value()
                .orElseThrow();
    }

    @Test
    void earlyStoppingGoesBackToTheBestEpoch() throws InterruptedException {
        FactorizationModel model = new FactorizationModel(world, 5, 0, new Seed(5));
        List<Double> aucs = new ArrayList<>();
        TrainingSettings settings = new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                8,
                200,
                3,
                PlateauDecay.defaults(),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                true);
        TrainedRun run = new Trainer(settings, None.defaults())
                .train(model, world.data(), null, world.slices(), SEED, new TrainingListener() {
                    @Override
                    public void epoch(EpochRecord epoch) {
                        aucs.add(auc(model, world));
                    }
                });
        assertThat(run.stopped()).isEqualTo(StopReason.PATIENCE);
        assertThat(run.epochs()).hasSize(run.bestEpoch() + 3).hasSameSizeAs(aucs);
        double best = aucs.stream().mapToDouble(auc -> auc).max().orElseThrow();
        assertThat(aucs.indexOf(best) + 1).isEqualTo(run.bestEpoch());
        assertThat(aucs.get(aucs.size() - 1)).isLessThan(best);
        assertThat(auc(model, world)).isEqualTo(best);
        assertThat(run.epochs().get(run.bestEpoch() - 1).best()).isTrue();
    }

    @Test
    void newNegativesEachEpochGiveTheSameBitsPreparedAheadOrNot() throws InterruptedException {
        List<List<Float>> scores = new ArrayList<>();
        for (boolean ahead : new boolean[] {false, true}) {
            TrainingSettings settings = new TrainingSettings(
                    BinaryCrossEntropy.defaults(),
                    32,
                    3,
                    3,
                    PlateauDecay.defaults(),
                    new DrawnNegatives(2),
                    GuidanceSchedule.defaults(),
                    true,
                    ahead);
            FactorizationModel model = model(world);
            new Trainer(settings, None.defaults())
                    .train(model, world.data(), null, world.slices(), SEED, TrainingListener.SILENT);
            scores.add(scores(model, world.data()));
        }
        FactorizationModel stored = model(world);
        new Trainer(settings(3, true), None.defaults())
                .train(stored, world.data(), null, world.slices(), SEED, TrainingListener.SILENT);
        assertThat(scores.get(1)).isEqualTo(scores.get(0)).isNotEqualTo(scores(stored, world.data()));
    }

    @Test
    void plateauDecayLowersTheModelsRate() throws InterruptedException {
        FactorizationModel model = new FactorizationModel(world, 5, 0, new Seed(5));
        TrainingSettings settings = new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                8,
                200,
                3,
                new PlateauDecay(0.1, 1, 0.5),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                true);
        TrainedRun run = new Trainer(settings, None.defaults())
                .train(model, world.data(), null, world.slices(), SEED, TrainingListener.SILENT);
        double rate = 5;
        for (EpochRecord epoch : run.epochs()) {
            assertThat(epoch.learningRate()).isEqualTo(rate);
            rate = epoch.best() ? rate : Math.max(0.5, rate * 0.1);
        }
        assertThat(rate).isEqualTo(0.5);
    }

    @Test
    void guidanceTeachesTheTeachersOrder() throws InterruptedException {
        PairSettings pairs = PairSettings.of(64, 4, 8);
        GuidanceReport.PairReport taught =
                lastPairs(new GlobalPairwise(0.5, pairs, new HingeSettings(1, false, 1, HingeReduction.MEAN)));
        GuidanceReport.PairReport watched =
                lastPairs(new GlobalPairwise(0, pairs, new HingeSettings(1, false, 1, HingeReduction.MEAN)));
        assertThat(taught.reversedShare()).isLessThan(watched.reversedShare() / 2);
        assertThat(taught.meanHinge()).isLessThan(watched.meanHinge() / 2);
    }

    private GuidanceReport.PairReport lastPairs(Guidance guidance) throws InterruptedException {
        List<EpochRecord> epochs = run(guidance, 8).epochs();
        return epochs.get(epochs.size() - 1).guidance().pairs().orElseThrow();
    }

    private TrainedRun run(Guidance guidance, int epochs) throws InterruptedException {
        return new Trainer(settings(epochs, true), guidance)
                .train(model(world), world.data(), world.teacher(), world.slices(), SEED, TrainingListener.SILENT);
    }

    @Test
    void aNumberOfGuidedEpochsSetsTheirRates() throws InterruptedException {
        CalibratedPairwise guidance =
                new CalibratedPairwise(1, new RowSettings(24, 4), 1, 0, true, false, NewItems.UNPOPULAR, 5, 4, false);
        // Cosines of 0, 45, 90 and 135 degrees.
        double[] falling = {1, (1 + Math.sqrt(0.5)) / 2, 0.5, (1 - Math.sqrt(0.5)) / 2};
        List<EpochRecord> all = guided(guidance, 8);
        assertThat(all).hasSize(4);
        for (EpochRecord epoch : all) {
            assertThat(epoch.learningRate()).isCloseTo(RATE * falling[epoch.epoch() - 1], within(1e-12));
        }
        // Another last epoch leaves those before it as they were.
        List<EpochRecord> some = guided(guidance, 2);
        assertThat(some).hasSize(2);
        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(some.get(epoch).objectiveLoss()).isEqualTo(all.get(epoch).objectiveLoss());
        }
    }

    @Test
    void theBackboneAloneIsKeptIfNoGuidedEpochIsBetter() throws InterruptedException {
        FactorizationModel model = model(world);
        TrainedRun run = train(fallingBack(-20, true), model);
        assertThat(run.bestEpoch()).isZero();
        assertThat(run.validation()).isEqualTo(run.reference().orElseThrow().validation());
        assertThat(validation(model)).isEqualTo(run.validation());

        TrainedRun guided = train(fallingBack(-20, false), model(world));
        assertThat(guided.bestEpoch()).isPositive();
        assertThat(auc(guided)).isLessThan(auc(run));
    }

    /** A graph backbone scores otherwise once it knows what was held out. */
    @Test
    void aKeptBackboneIsJudgedByWhatItKnowsInTheEnd() throws InterruptedException {
        InteractionLog log = world.data().log();
        AtomicBoolean limited = new AtomicBoolean();
        FactorizationModel model = new FactorizationModel(world, RATE, 0.2, new Seed(5)) {
            @Override
            public void know(IntUnaryOperator known) {
                limited.set(
                        IntStream.range(0, log.users()).anyMatch(user -> known.applyAsInt(user) < log.length(user)));
            }

            @Override
            public float[] score(InteractionLog of, Instances rows) {
                float[] scores = super.score(of, rows);
                for (int row = 0; limited.get() && row < scores.length; row++) {
                    scores[row] += rows.items()[row] % 3;
                }
                return scores;
            }
        };
        TrainedRun run = train(fallingBack(-20, true), model);
        assertThat(run.bestEpoch()).isZero();
        assertThat(run.validation())
                .isEqualTo(validation(model))
                .isNotEqualTo(run.reference().orElseThrow().validation());
    }

    private Metrics validation(FactorizationModel model) {
        Part validation = world.data().validation();
        float[] logits = model.score(validation.log(), validation.samples().instances());
        return Evaluation.evaluate(logits, validation.samples(), world.slices());
    }

    @Test
    void guidanceThatHelpsIsKept() throws InterruptedException {
        FactorizationModel falling = model(world);
        FactorizationModel staying = model(world);
        TrainedRun run = train(fallingBack(0, true), falling);
        assertThat(run.bestEpoch()).isPositive();
        assertThat(auc(run)).isGreaterThan(auc(run.reference().orElseThrow()));
        train(fallingBack(0, false), staying);
        assertThat(scores(falling, world.data())).isEqualTo(scores(staying, world.data()));
    }

    @Test
    void aKeptBackboneIsTrainedAgainOnEverything() throws InterruptedException {
        List<Double> rates = List.of(2.0, 1.0);
        FactorizationModel again = model(world);
        FactorizationModel plain = model(world);
        TrainedRun run = new Trainer(settings(8, true), fallingBack(-20, true))
                .trainAgain(
                        again,
                        world.data(),
                        teacher,
                        world.slices(),
                        SEED,
                        TrainingListener.SILENT,
                        null,
                        new Course(List.of(), Optional.of(rates), world.data()));
        new Trainer(settings(8, true), None.defaults())
                .trainAgain(
                        plain,
                        world.data(),
                        null,
                        world.slices(),
                        SEED,
                        TrainingListener.SILENT,
                        null,
                        new Course(rates, Optional.empty(), world.data()));
        assertThat(run.epochs()).extracting(EpochRecord::learningRate).isEqualTo(rates);
        assertThat(scores(again, world.data())).isEqualTo(scores(plain, world.data()));
    }

    /** Guidance that ranks long-tail items higher by a bonus; a negative one harms. */
    private static CalibratedPairwise fallingBack(double bonus, boolean fallBack) {
        return new CalibratedPairwise(
                1, new RowSettings(24, 4), 1, bonus, true, false, NewItems.UNPOPULAR, 40, 4, fallBack);
    }

    private TrainedRun train(Guidance guidance, FactorizationModel model) throws InterruptedException {
        return new Trainer(settings(8, true), guidance)
                .train(model, world.data(), teacher, world.slices(), SEED, TrainingListener.SILENT);
    }

    private static double auc(TrainedRun run) {
        return run.validation().get(SampleMetric.AUC).value().orElseThrow();
    }

    @ParameterizedTest(name = "{0} epochs alone, {1} guided at most: {2}")
    @CsvSource({"3, 12, 8", "10, 12, 10", "3, 4, 4", "10, 9, 9"})
    void guidedTrainingHasAsManyEpochsAsTheBackboneAloneOrEight(int alone, int most, int epochs)
            throws InterruptedException {
        CalibratedPairwise guidance = new CalibratedPairwise(
                1, new RowSettings(24, 4), 1, 0, true, false, NewItems.UNPOPULAR, alone, most, false);
        assertThat(guided(guidance, 40)).hasSize(epochs);
    }

    private List<EpochRecord> guided(Guidance guidance, int maxEpochs) throws InterruptedException {
        return new Trainer(settings(maxEpochs, true), guidance)
                .train(model(world), world.data(), teacher, world.slices(), SEED, TrainingListener.SILENT)
                .epochs();
    }

    @Test
    void theJointGateClosesEpochByEpoch() throws InterruptedException {
        SelectivePairwise guidance = new SelectivePairwise(
                0.1,
                PairSettings.defaults(),
                HingeSettings.defaults(),
                SignalSettings.defaults(),
                new JointGateSettings(0, 0, 0, 0, 1e-2));
        double bias = 0;
        double meanGate = 1;
        for (EpochRecord epoch : run(guidance, 6).epochs()) {
            GateReport gate = epoch.guidance().gate().orElseThrow();
            double now = gate.parameters().get(3).value();
            assertThat(now).as("bias after epoch %d", epoch.epoch()).isLessThan(bias);
            assertThat(gate.regions()).isNotEmpty();
            double mean = epoch.guidance().pairs().orElseThrow().meanGate();
            assertThat(mean).as("mean gate of epoch %d", epoch.epoch()).isLessThan(meanGate);
            bias = now;
            meanGate = mean;
        }
        assertThat(meanGate).isLessThan(0.4);
    }

    @Test
    void divergenceNamesEpochAndStep() {
        FactorizationModel model = new FactorizationModel(world, 1e30, 0, new Seed(5));
        assertThatThrownBy(() -> new Trainer(settings(3, true), None.defaults())
                        .train(model, world.data(), null, world.slices(), SEED, TrainingListener.SILENT))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching(
                        "training diverged in epoch 1, step \\d+ of \\d+: .*lower model.optimizer.learningRate.*");
    }

    @Test
    void nonFiniteValidationScoresAreADivergence() {
        FactorizationModel model = new FactorizationModel(world, RATE, 0, new Seed(5)) {
            @Override
            public float[] score(InteractionLog log, Instances instances) {
                float[] logits = super.score(log, instances);
                logits[3] = Float.NaN;
                return logits;
            }
        };
        assertThatThrownBy(() -> new Trainer(settings(3, true), None.defaults())
                        .train(model, world.data(), null, world.slices(), SEED, TrainingListener.SILENT))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("in epoch 1: the model scores 1 of 120 validation samples");
    }

    @Test
    void anInterruptStopsBetweenTwoSteps() throws InterruptedException {
        List<StepProgress> steps = new ArrayList<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                new Trainer(settings(1_000_000 / 32, true), SelectivePairwise.defaults())
                        .train(
                                model(world),
                                world.data(),
                                world.teacher(),
                                world.slices(),
                                SEED,
                                new TrainingListener() {
                                    @Override
                                    public void step(StepProgress progress) {
                                        steps.add(progress);
                                        if (steps.size() == 30) {
                                            Thread.currentThread().interrupt();
                                        }
                                    }
                                });
            } catch (InterruptedException | RuntimeException failure) {
                thrown.set(failure);
            }
        });
        thread.start();
        thread.join(240_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(steps).hasSize(30);
        for (Thread other : Thread.getAllStackTraces().keySet()) {
            if (other.getName().equals("batch-preparation")) {
                other.join(240_000);
                assertThat(other.isAlive()).isFalse();
            }
        }
    }

    @Test
    void listenersReceiveEveryStepAndEpoch() throws InterruptedException {
        List<StepProgress> steps = new ArrayList<>();
        List<EpochRecord> epochs = new ArrayList<>();
        TrainedRun run = new Trainer(settings(2, true), SelectivePairwise.defaults())
                .train(model(world), world.data(), world.teacher(), world.slices(), SEED, new TrainingListener() {
                    @Override
                    public void step(StepProgress progress) {
                        steps.add(progress);
                    }

                    @Override
                    public void epoch(EpochRecord epoch) {
                        epochs.add(epoch);
                    }
                });
        assertThat(epochs).isEqualTo(run.epochs());
        int perEpoch = (world.data().training().size() + 31) / 32;
        assertThat(steps).hasSize(2 * perEpoch).allSatisfy(step -> {
            assertThat(step.steps()).isEqualTo(perEpoch);
            assertThat(step.samplesPerSecond()).isPositive();
        });
        assertThat(steps.get(perEpoch).epoch()).isEqualTo(2);
        assertThat(steps.get(perEpoch).step()).isEqualTo(1);
        double guidance = steps.stream()
                .limit(perEpoch)
                .mapToDouble(StepProgress::guidanceLoss)
                .average()
                .orElseThrow();
        assertThat(epochs.get(0).guidanceLoss()).isEqualTo(guidance, within(1e-12));
    }

    @Test
    void dataWithoutSamplesIsRefused() {
        TrainingData full = world.data();
        Samples none = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);
        TrainingData empty = new TrainingData(
                full.name(),
                full.hash(),
                full.log(),
                full.catalogue(),
                full.userIds(),
                full.userFields(),
                full.contextFields(),
                full.training(),
                none);
        assertThatThrownBy(() -> new Trainer(settings(1, true), None.defaults())
                        .train(model(world), empty, null, world.slices(), SEED, TrainingListener.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dataset 'world': has no validation samples");
    }
}
