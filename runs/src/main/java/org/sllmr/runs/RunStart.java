// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.training.Course;

/**
 * What a training starts from, read.
 *
 * @param from the run to go on from
 * @param refit the judged run whose course is taken again
 */
public record RunStart(Optional<Parent> from, Optional<RunFolder> refit) {
    /** A training of its own. */
    public static final RunStart NONE = new RunStart(Optional.empty(), Optional.empty());

    /**
     * A run to go on from.
     *
     * @param run its folder
     * @param state what it left
     */
    public record Parent(RunFolder run, RunState state) {
        /** The run as one that a later run goes back to. */
        RunOrigin.Ancestor ancestor() {
            return RunOrigin.Ancestor.of(run);
        }
    }

    /**
     * Reads the runs that the settings name.
     *
     * @throws InvalidInputException if one is no complete run, or cannot be used that way
     */
    static RunStart of(RunSettings run) throws IOException {
        StartSettings settings = run.start();
        Optional<RunFolder> refit = settings.refit().map(RunFolder::open);
        if (refit.isPresent()) {
            requireCourse(refit.get(), run);
        }
        if (settings.from().isEmpty()) {
            return new RunStart(Optional.empty(), refit);
        }
        Path path = settings.from().get();
        RunFolder before = RunFolder.open(path);
        RunState state = before.state()
                .orElseThrow(() -> new InvalidInputException(
                        path.toString(),
                        "keeps no optimizer state to go on from: an experiment or an earlier version made it; train it"
                                + " again with 'sllmr train'"));
        Optional<RunOrigin.Ancestor> judgedFrom =
                refit.flatMap(judged -> judged.contents().origin()).flatMap(RunOrigin::from);
        if (refit.isPresent() && !judgedFrom.map(RunOrigin.Ancestor::model).equals(Optional.of(before.modelHash()))) {
            throw new InvalidInputException(
                    path.toString(), "is not the run that " + refit.get().path() + " went on from; put that run back");
        }
        return new RunStart(Optional.of(new Parent(before, state)), refit);
    }

    private static void requireCourse(RunFolder judged, RunSettings settings) {
        judged.requireJudged("and gives no epochs to train again with");
        String differences =
                Fingerprint.of(settings).differences(Fingerprint.of(judged).settings());
        if (!differences.isEmpty()) {
            throw new InvalidInputException(
                    judged.path().toString(),
                    "has other settings, and a refit uses those of the judged run; what differs: " + differences
                            + "; leave them as they are, or judge them first");
        }
        if (settings.guidance().epochsAlone().isPresent()
                && judged.contents().reference().isEmpty()) {
            throw new InvalidInputException(
                    judged.path().toString(),
                    "does not have the epochs of the backbone alone that its guidance needs; train it again");
        }
    }

    /** Which runs a run with this start goes back to. */
    Optional<RunOrigin> origin(Optional<DataNews> news) {
        return from.isEmpty() && refit.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunOrigin(from.map(Parent::ancestor), refit.map(RunOrigin.Ancestor::of), news));
    }

    /**
     * The course of the judged run.
     *
     * @param judged the data that guidance is made from
     * @param watched the metric that decided on the judged run's epochs
     */
    Optional<Course> course(TrainingData judged, SampleMetric watched) {
        return refit.map(run -> {
            RunContents contents = run.contents();
            List<EpochResult> reference = contents.reference();
            return new Course(
                    rates(contents.epochs(), contents.metrics().bestEpoch()),
                    EpochResult.best(reference, watched).map(best -> rates(reference, best.epoch())),
                    judged);
        });
    }

    private static List<Double> rates(List<EpochResult> epochs, int last) {
        return epochs.subList(0, last).stream().map(EpochResult::learningRate).toList();
    }
}
