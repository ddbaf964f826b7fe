// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainedRows;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.schema.FeatureSchema;

/**
 * A training that goes on from a run: its data, and the schema that has grown.
 *
 * @param data the data with the rows that are to be trained on
 * @param schema the grown schema
 * @param news what the data have that the run did not know
 */
record Continuation(TrainingData data, FeatureSchema schema, DataNews news) {
    /** Settings of the model that the weights do not fit if they change; those of fields show in the schema. */
    private static final Set<String> FIXED = Set.of(
            "model.embeddingDimension", "model.schema.historyLength", "model.schema.historyPooling", "model.backbone");

    /**
     * Prepares to go on.
     *
     * @param data what may be trained on, with everything that the model reads
     * @param judged whether parts of the dataset are held out
     * @throws InvalidInputException if the run does not fit settings and data, with everything that does not
     */
    static Continuation of(
            RunSettings settings, RunStart.Parent parent, Dataset dataset, TrainingData data, boolean judged) {
        RunMemory memory = parent.state().memory();
        List<Problem> problems = new ArrayList<>(otherSettings(settings, parent));
        problems.addAll(otherSamples(parent, dataset, data));
        if (judged) {
            problems.addAll(known(parent, dataset, data));
        }
        Optional<FeatureSchema> schema = Optional.empty();
        try {
            schema = Optional.of(settings.model().fields(data, memory.schema()));
        } catch (InvalidInputException unlike) {
            problems.addAll(unlike.problems());
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        int[] unseen = memory.rows().unseen(data);
        int all = data.training().size();
        if (unseen.length == 0 && settings.start().rows() == StartSettings.Rows.NEW) {
            throw new InvalidInputException(
                    named(data),
                    "has no training rows that " + parent.run().path()
                            + " was not trained on; prepare it from a log that goes further, or train on known rows"
                            + " again with --set start.rows=all");
        }
        DataNews news =
                DataNews.of(memory.schema(), settings.model().fields(data).fit(), unseen.length, all - unseen.length);
        TrainingData chosen = settings.start().rows() == StartSettings.Rows.ALL || unseen.length == all
                ? data
                : data.withTraining(data.training().select(unseen));
        return new Continuation(chosen, schema.orElseThrow(), news);
    }

    private static List<Problem> otherSettings(RunSettings settings, RunStart.Parent parent) {
        Map<String, String> now = Fingerprint.of(settings).entries();
        String place = parent.run().path().toString();
        Map<String, String> before = Fingerprint.of(
                        RunConfiguration.read(place, parent.run().contents().configuration()))
                .entries();
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(before.keySet());
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            String there = before.getOrDefault(name, "nothing");
            String here = now.getOrDefault(name, "nothing");
            if (!there.equals(here)
                    && FIXED.stream().anyMatch(fixed -> name.equals(fixed) || name.startsWith(fixed + "."))) {
                problems.add(new Problem(
                        name, "is " + here + ", and " + there + " in " + place + ", whose weights fit only that"));
            }
        }
        return problems;
    }

    private static List<Problem> otherSamples(RunStart.Parent parent, Dataset dataset, TrainingData data) {
        RunMemory memory = parent.state().memory();
        List<Problem> problems = new ArrayList<>();
        if (!memory.partsBy().equals(dataset.partsBy())) {
            problems.add(new Problem(
                    named(data),
                    "is split by " + dataset.partsBy() + ", the data of "
                            + parent.run().path() + " by " + memory.partsBy() + "; prepare it with --split "
                            + memory.partsBy()));
        }
        if (memory.labelled() != data.training().labelled()) {
            problems.add(new Problem(
                    named(data),
                    memory.labelled()
                            ? "has drawn negatives, the data of " + parent.run().path()
                                    + " labels of their own; prepare it with --label or --positive"
                            : "has labels of its own, the data of "
                                    + parent.run().path()
                                    + " drawn negatives; prepare it without --label and --positive"));
        }
        return problems;
    }

    /** Held-out samples that the run was trained on already. */
    private static List<Problem> known(RunStart.Parent parent, Dataset dataset, TrainingData data) {
        TrainedRows rows = parent.state().memory().rows();
        InteractionLog log = dataset.allInteractions();
        Samples validation = data.validation().samples();
        int known = rows.within(validation, log, data);
        int knownTest = rows.within(dataset.testData().test(), log, data);
        String remedy = rows.until() == InteractionLog.NO_TIME
                ? "go on from a run that was not trained on them"
                : "prepare it with --split time and --validation-from later than " + Instant.ofEpochSecond(rows.until())
                        + ", or go on from a run that was not trained on them";
        if (known + knownTest > 0) {
            return List.of(new Problem(
                    named(data),
                    "has " + known + " validation and " + knownTest + " test positives or rows that "
                            + parent.run().path() + " was trained on, or that came before what it was trained on; "
                            + remedy));
        }
        long first = firstHeldOut(data.log(), log);
        boolean byTime =
                !dataset.partsBy().equals("leave-one-out") && !dataset.partsBy().equals("users");
        if (byTime && first != InteractionLog.NO_TIME && first < rows.until()) {
            return List.of(new Problem(
                    named(data),
                    "has a validation part from " + Instant.ofEpochSecond(first) + " on, and "
                            + parent.run().path() + " was trained up to " + Instant.ofEpochSecond(rows.until()) + "; "
                            + remedy));
        }
        return List.of();
    }

    private static long firstHeldOut(InteractionLog training, InteractionLog all) {
        long first = Long.MAX_VALUE;
        for (int user = 0; user < all.users(); user++) {
            if (training.length(user) < all.length(user)) {
                long time = all.time(user, training.length(user));
                first = time == InteractionLog.NO_TIME ? first : Math.min(first, time);
            }
        }
        return first == Long.MAX_VALUE ? InteractionLog.NO_TIME : first;
    }

    private static String named(TrainingData data) {
        return "dataset '" + data.name() + "'";
    }
}
