// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Slices;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.blend.BlendFormula;
import org.sllmr.teacher.blend.BlendedItems;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.calibration.Preference;
import org.sllmr.training.calibration.TeacherTerms;

/**
 * Makes of a run one that blends its scores with a teacher's when it is served.
 *
 * <p>The weights are fitted to the dataset's calibration samples, which only a split by folds has, and otherwise to its
 * validation samples; never to test samples.
 */
public final class RunBlend {
    private static final int LEAST = 100;
    private static final double RIDGE = 1;
    private static final double WIDEST = 30;

    private RunBlend() {}

    /**
     * The run that was made, and what serving it costs.
     *
     * @param run the run
     * @param blend how it blends
     * @param alone microseconds of a score of a test sample by the model alone, on one thread for the teacher's part
     * @param blended microseconds of a score by the blend
     * @param bytes memory for the teacher
     */
    public record Blended(RunFolder run, Blend blend, double alone, double blended, long bytes) {}

    /**
     * Fits a blend and writes the run.
     *
     * @param run the run
     * @param dataset the dataset it was trained on
     * @param settings what it is blended with
     * @param out the folder to make
     * @throws InvalidInputException if the run is a blend already or not judged, the teacher scored too few samples, or
     *     the folder cannot be written
     */
    public static Blended of(RunFolder run, Dataset dataset, BlendSettings settings, Path out) throws IOException {
        RunFolder.checkFree(out);
        run.requireJudged("and cannot be blended");
        if (run.blend().isPresent()) {
            throw new InvalidInputException(run.path().toString(), "is a blend already; name the run it was made of");
        }
        TrainingData data = dataset.trainingData();
        Optional<Path> file = settings.teacher();
        Optional<TeacherTableFile> scores =
                file.isPresent() ? Optional.of(TeacherTableFile.read(file.get(), data)) : Optional.empty();
        Optional<ScoreProvenance> provenance = scores.map(TeacherTableFile::provenance);
        PairTeacher teacher = BlendTeachers.open(
                file.orElse(Path.of("")),
                Optional.empty(),
                provenance.map(ScoreProvenance::teacher).orElse(Blend.NO_TEACHER),
                provenance.map(ScoreProvenance::model).orElse(""),
                provenance.map(ScoreProvenance::settings).orElse(Map.of()),
                data);
        RunScorer model = RunEvaluation.scorer(run, dataset);
        boolean own = data.calibration().isPresent();
        Samples samples = own ? data.calibration().get() : data.validation().samples();
        InteractionLog log = own ? data.log() : data.validation().log();
        float[] logits = model.score(log, samples.instances());
        Blend blend = file.isPresent()
                ? fit(logits, teacher, samples, log, data, provenance.orElseThrow(), settings)
                : constant(logits, samples, data, settings.tailConstant());
        BlendedScorer scorer = new BlendedScorer(model, teacher, data, blend);

        Slices slices = Slices.of(data);
        TestData test = dataset.testData();
        float[] ofValidation = scorer.score(
                data.validation().log(), data.validation().samples().instances());
        long started = System.nanoTime();
        model.score(test.log(), test.test().instances());
        long between = System.nanoTime();
        float[] ofTest = scorer.score(test.log(), test.test().instances());
        long ended = System.nanoTime();
        RunContents old = run.contents();
        RunContents contents = new RunContents(
                old.configuration(),
                new RunMetrics(
                        new SplitMetrics(Evaluation.evaluate(
                                ofValidation, data.validation().samples(), slices)),
                        new SplitMetrics(Evaluation.evaluate(ofTest, test.test(), slices)),
                        old.metrics().bestEpoch(),
                        old.metrics().epochs()),
                old.epochs(),
                old.reference(),
                old.provenance(),
                Optional.of(ScoreHistogram.of(ofTest, test.test())),
                old.origin());
        RunFolder written = RunFolder.write(
                out,
                contents,
                place -> Files.copy(run.model(), place),
                new RunParts(
                        run.state(),
                        Optional.of(blend),
                        Optional.of(new RunParts.Scores(
                                RunScores.of(ofValidation, data.validation().samples()),
                                RunScores.of(ofTest, test.test())))));
        double rows = 1000.0 * test.test().size();
        return new Blended(written, blend, (between - started) / rows, (ended - between) / rows, teacher.bytes());
    }

    /** The model's logits, with a constant for long-tail items. */
    private static Blend constant(float[] logits, Samples samples, TrainingData data, double tailConstant) {
        List<Double> weights = List.of(1.0, 0.0, 0.0, 0.0, 0.0);
        BlendFormula formula = new BlendFormula(weights, 0, 0, tailConstant, Optional.empty());
        return new Blend(
                Blend.NO_TEACHER,
                "",
                Map.of(),
                "",
                "",
                weights,
                intercept(formula, data, samples, new float[logits.length], logits),
                0,
                tailConstant,
                Optional.empty(),
                0);
    }

    private static Blend fit(
            float[] logits,
            PairTeacher teacher,
            Samples samples,
            InteractionLog log,
            TrainingData data,
            ScoreProvenance provenance,
            BlendSettings settings)
            throws IOException {
        Path file = settings.teacher().orElseThrow();
        float[] taught = new float[samples.size()];
        double sum = 0;
        int known = 0;
        for (int row = 0; row < taught.length; row++) {
            int[] item = {samples.instances().items()[row]};
            taught[row] = BlendedScorer.ask(
                    teacher,
                    log,
                    samples.instances().users()[row],
                    samples.instances().positions()[row],
                    item)[0];
            known += Float.isNaN(taught[row]) ? 0 : 1;
            sum += Float.isNaN(taught[row]) ? 0 : taught[row];
        }
        Comparisons.OfLists all = Comparisons.ofLists(samples, taught);
        Comparisons.OfLists lists = settings.newItems() == NewItems.AVERAGE ? all.ofSeenItems(data) : all;
        Comparisons comparisons = lists.comparisons();
        int[] rows = lists.rows();
        if (comparisons.size() < LEAST) {
            throw new InvalidInputException(
                    file.toString(),
                    "scores only " + comparisons.size() + " pairs of a positive and a negative of the samples that a"
                            + " blend is fitted to, and it needs " + LEAST + "; a blend needs a teacher that is asked"
                            + " about any item, such as the embedding teacher, or answers about these samples");
        }
        float[] compared = new float[rows.length];
        for (int index = 0; index < rows.length; index++) {
            compared[index] = logits[rows[index]];
        }
        Preference fitted =
                Preference.fit(data, comparisons, compared, RIDGE, TeacherTerms.EVERYWHERE, settings.newItems());
        double missing = sum / known;
        List<Double> weights = Arrays.stream(fitted.weights()).boxed().toList();
        Optional<Double> newLogPopularity = settings.newItems() == NewItems.AVERAGE
                ? Optional.of(NewItems.AVERAGE.logPopularity(data))
                : Optional.empty();
        BlendFormula formula = new BlendFormula(weights, 0, missing, settings.tailConstant(), newLogPopularity);
        return new Blend(
                provenance.teacher(),
                provenance.model(),
                provenance.settings(),
                file.toString(),
                Sha256.of(file),
                weights,
                intercept(formula, data, samples, taught, logits),
                missing,
                settings.tailConstant(),
                newLogPopularity,
                comparisons.size());
    }

    /** What makes the mean probability of samples their share of positives, by bisection. */
    private static double intercept(
            BlendFormula formula, TrainingData data, Samples samples, float[] taught, float[] logits) {
        Popularity popularity = Popularity.of(data);
        float[] odds = logits.clone();
        new BlendedItems(formula, popularity.positives(), popularity.longTail())
                .blend(samples.instances().items(), taught, odds, 0);
        double share = samples.positives() / (double) samples.size();
        double low = -WIDEST;
        double high = WIDEST;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            double mean = 0;
            for (float one : odds) {
                mean += Logistic.sigmoid(one + middle) / odds.length;
            }
            if (mean < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
