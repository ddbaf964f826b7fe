// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.sllmr.model.StepChange;
import org.sllmr.model.TrainableModel;
import org.sllmr.runs.Division;
import org.sllmr.training.EpochLoss;
import org.sllmr.training.EpochTraining;
import org.sllmr.training.ShareTraining;
import org.sllmr.training.StepLosses;
import org.sllmr.training.StepProgress;
import org.sllmr.training.TrainingListener;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Trains in rounds. In each, all tasks make steps from the same model; the driver takes together what they changed, in the
 * order of the shares, and the next round begins with it. If a task is lost, the round is repeated.
 */
final class SparkEpochs implements EpochTraining, AutoCloseable {
    /** What Spark says of a task that ended with its executor, or missed what a lost one held. */
    private static final List<String> LOST = List.of("ExecutorLostFailure", "FetchFailed", "Failed to get broadcast");

    private static final ClassTag<SentRound> ROUND = ClassTag$.MODULE$.apply(SentRound.class);

    private final JavaSparkContext context;
    private final SentTraining sent;
    private final Division division;
    private final TrainableModel model;
    private final TrainingListener listener;
    private final List<Integer> shares;
    private final ArrayList<Broadcast<SentChange>> changes = new ArrayList<>();
    private final ArrayList<Integer> ends = new ArrayList<>();
    private Broadcast<SentState> state;
    private int stateSteps;
    private long stateBytes;
    private long changedBytes;

    SparkEpochs(
            JavaSparkContext context,
            SentTraining sent,
            Division division,
            TrainableModel model,
            TrainingListener listener) {
        this.context = context;
        this.sent = sent;
        this.division = division;
        this.model = model;
        this.listener = listener;
        this.shares = IntStream.range(0, division.workers()).boxed().toList();
        this.state = sendState();
    }

    @Override
    public EpochLoss train(int epoch) throws InterruptedException {
        long start = System.nanoTime();
        if (model.steps() != end()) {
            // The trainer has taken up a training that was stopped.
            renew();
        }
        List<StepLosses> losses = new ArrayList<>();
        long samples = 0;
        int made = 0;
        int steps = Integer.MAX_VALUE;
        while (made < steps) {
            List<ShareTraining.Round> rounds = round(epoch, made);
            take(rounds.stream().map(ShareTraining.Round::change).toList());
            StepLosses round = together(rounds);
            losses.add(round);
            samples += IntStream.of(round.samples()).asLongStream().sum();
            made += round.samples().length / rounds.size();
            steps = rounds.get(0).stepsOfEpoch();
            double loss = EpochLoss.of(List.of(round), 1).objective();
            listener.step(new StepProgress(epoch, made, steps, loss, 0, samples / secondsSince(start)));
        }
        return EpochLoss.of(losses, secondsSince(start));
    }

    private List<ShareTraining.Round> round(int epoch, int made) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("training was stopped in epoch " + epoch + ", step " + (made + 1));
        }
        History history = new History(state, stateSteps, new ArrayList<>(changes), new ArrayList<>(ends));
        Round round = new Round(history, model.learningRate(), epoch, made, division.stepsPerRound());
        RDD<SentRound> results = context.parallelize(shares, shares.size())
                .rdd()
                .barrier()
                .mapPartitions(new TrainShare(sent, round, shares.size()), false, ROUND);
        return collect(results.toJavaRDD()).stream().map(SentRound::round).toList();
    }

    /**
     * Spark ends a job whose barrier stage loses a task, if its results go to the driver: some may have arrived. They are thrown
     * away here, and a round has no other effect, so that it can be made again.
     */
    private List<SentRound> collect(JavaRDD<SentRound> results) {
        int most = context.getConf().getInt("spark.stage.maxConsecutiveAttempts", 4);
        for (int attempt = 1; ; attempt++) {
            try {
                return results.collect();
            } catch (Exception e) {
                // Spark's own are checked exceptions that its methods do not declare.
                if (attempt == most || !isOfLostExecutor(e)) {
                    throw SparkEpochs.<RuntimeException>undeclared(e);
                }
            }
        }
    }

    private static boolean isOfLostExecutor(Exception e) {
        String message = String.valueOf(e.getMessage());
        return LOST.stream().anyMatch(message::contains);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E undeclared(Exception e) throws E {
        throw (E) e;
    }

    /** Losses of all tasks, step by step. */
    private static StepLosses together(List<ShareTraining.Round> rounds) {
        int workers = rounds.size();
        int steps = rounds.get(0).losses().samples().length;
        double[] objective = new double[steps * workers];
        int[] samples = new int[steps * workers];
        for (int at = 0; at < samples.length; at++) {
            StepLosses losses = rounds.get(at % workers).losses();
            objective[at] = losses.objective()[at / workers];
            samples[at] = losses.samples()[at / workers];
        }
        return new StepLosses(objective, new double[samples.length], samples);
    }

    /**
     * Makes the changes of a round part of the model and of its history. An executor that comes late fetches the whole state and
     * all changes since, so that the state is sent anew when these have become larger.
     */
    private void take(List<StepChange> ofShares) {
        if (changedBytes > stateBytes) {
            renew();
        }
        StepChange change = model.apply(ofShares);
        changedBytes += change.bytes();
        changes.add(context.broadcast(new SentChange(change)));
        ends.add(change.steps());
    }

    private int end() {
        return ends.isEmpty() ? stateSteps : ends.get(ends.size() - 1);
    }

    private void renew() {
        destroy();
        state = sendState();
    }

    private Broadcast<SentState> sendState() {
        SentState now = new SentState(model.state());
        stateSteps = model.steps();
        stateBytes = now.bytes();
        return context.broadcast(now);
    }

    private void destroy() {
        state.destroy();
        changes.forEach(Broadcast::destroy);
        changes.clear();
        ends.clear();
        changedBytes = 0;
    }

    private static double secondsSince(long start) {
        return Math.max(1, System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        destroy();
        sent.destroy();
        Replicas.drop(sent);
    }
}
