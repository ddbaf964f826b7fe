// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.asking.AskingOutcome;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.asking.PlanRequests;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.store.RunRecord;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.spark.sent.SentBytes;
import org.sllmr.spark.sent.SentLog;
import org.sllmr.spark.sent.SentPlan;
import org.sllmr.spark.session.JobProgress;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * Asks a language model about a plan's candidates by partitions of users.
 *
 * <p>The driver divides the limits among the tasks; each asks as one machine does, and keeps each answer in the store before
 * it counts. So a lost executor or a second start asks only for what is missing.
 */
public final class SparkAsking {
    /** Users whose answers are in one folder: what a task reads when it begins with them. */
    private static final int USERS_OF_PART = 10_000;

    private static final int PARTS_OF_TASK = 4;

    private final SparkSession session;
    private final LanguageSettings settings;
    private final ApiKey key;

    /** Asking in a session. */
    public SparkAsking(SparkSession session, LanguageSettings settings, ApiKey key) {
        this.session = session;
        this.settings = settings;
        this.key = key;
    }

    /**
     * Asks everything that has no answer in a store, and returns the table of all answers in the store, as {@link
     * LanguageTeacher#ask} does on one machine.
     *
     * @param data the dataset that the plan was made for
     * @param store a folder in a file system that driver and executors share, created if missing; for one run at a time
     * @throws InvalidInputException as there, and if Spark could start one task twice
     */
    public LanguageTeacher.Asked ask(CandidatePlan plan, TrainingData data, String store, ProgressListener listener)
            throws IOException {
        int tasks = Shares.tasks(settings.run(), session.sparkContext().defaultParallelism());
        int most = (plan.users() - 1) / (PARTS_OF_TASK * tasks) + 1;
        return ask(plan, data, store, Math.min(USERS_OF_PART, most), listener);
    }

    /**
     * Asks.
     *
     * @param partUsers users of a part, if the store is new
     */
    LanguageTeacher.Asked ask(
            CandidatePlan plan, TrainingData data, String store, int partUsers, ProgressListener listener)
            throws IOException {
        settings.checkPrice();
        if (session.sparkContext().getConf().getBoolean("spark.speculation", false)) {
            throw new InvalidInputException(
                    "spark.speculation", "is on, so that questions would be asked twice; turn it off for this job");
        }
        QuestionForm form = settings.question().form(data.catalogue());
        try (OpenAiModel model = OpenAiModel.open(settings.model(), key)) {
            Requests requests = PlanRequests.of(
                    settings,
                    plan.histories(data.log()),
                    form,
                    ScoreRequests.origin(plan.origin(), plan.hash(), form, model),
                    0);
            StoreOfParts parts =
                    StoreOfParts.open(store, session.sparkContext().hadoopConfiguration(), plan, partUsers);
            int run = parts.add(RunRecord.of(
                    Instant.now(),
                    requests,
                    model.address(),
                    settings.price(),
                    settings.run().budget()));
            Rounds rounds = rounds(plan, data, store, parts, run, listener);
            AskingResult result = rounds.result();
            rounds.somePart().ifPresent(parts::requireShared);
            parts.adapted(run, rounds.adaptations());
            AskingOutcome.check(result, requests, settings.run().answers().minAnswered(), store);
            return new LanguageTeacher.Asked(
                    result, StoredScores.table(new PartScores(parts, plan), settings.normalization()));
        }
    }

    private Rounds rounds(
            CandidatePlan plan, TrainingData data, String store, StoreOfParts parts, int run, ProgressListener listener)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SentQuestions> questions = context.broadcast(new SentQuestions(settings, plan, data.catalogue()));
        List<Broadcast<byte[]>> users = new ArrayList<>();
        try {
            for (int part = 0; part < parts.parts(); part++) {
                int from = parts.first(part);
                int to = parts.first(part + 1);
                users.add(context.broadcast(SentBytes.of(new SentPart(
                        SentPlan.of(from, plan.slice(from, to)),
                        SentLog.of(data.log().slice(from, to))))));
            }
            AskParts asking = new AskParts(
                    questions,
                    users,
                    key,
                    store,
                    new SerializableConfiguration(session.sparkContext().hadoopConfiguration()),
                    run);
            Rounds.Tasks work = tasks -> JobProgress.tell(
                            session.sparkContext(),
                            "asking",
                            listener,
                            () -> context.parallelize(
                                            tasks.stream().map(SentBytes::of).toList(), tasks.size())
                                    .map(asking)
                                    .collect())
                    .stream()
                    .flatMap(asked -> Arrays.stream(
                            SentBytes.read(asked, AskParts.Asked.class).parts()))
                    .toList();
            Rounds rounds = new Rounds(settings.run(), session.sparkContext().defaultParallelism(), work);
            rounds.run(IntStream.range(0, parts.parts()).toArray());
            return rounds;
        } finally {
            users.forEach(Broadcast::destroy);
            questions.destroy();
        }
    }
}
