// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.ranking;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAccumulator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.model.Model;

/**
 * Speed of scoring a catalogue.
 *
 * @param scores number of scores
 * @param seconds wall time
 * @param processorSeconds processor time, all processors together
 */
record RankingSpeed(long scores, double seconds, double processorSeconds) {
    private static final int WARM_UP = 8;

    /** Scores a second. */
    double rate() {
        return scores / seconds;
    }

    /** Processor time of a score, in microseconds. */
    double microseconds() {
        return processorSeconds / scores * 1e6;
    }

    private static RankingSpeed time(long scores, Runnable work) {
        long processor = processorTime();
        long start = System.nanoTime();
        work.run();
        return new RankingSpeed(scores, (System.nanoTime() - start) / 1e9, (processorTime() - processor) / 1e9);
    }

    private static long processorTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** All items for each user by {@link CatalogueScorer}, including its preparation of items. */
    static RankingSpeed shared(Model model, InteractionLog log, int[] users, int items) {
        score(model, log, Arrays.copyOf(users, Math.min(WARM_UP, users.length)), items, new Nothing());
        return time((long) users.length * items, () -> score(model, log, users, items, new Nothing()));
    }

    private static void score(
            Model model, InteractionLog log, int[] users, int items, CatalogueScorer.Receiver receiver) {
        model.catalogueScorer(items)
                .score(log, users, positions(log, users), new int[users.length][0], receiver, ProgressListener.NONE);
    }

    /** All items for each user as whole rows, by the scorer of samples. */
    static RankingSpeed wholeRows(Model model, InteractionLog log, int[] users, int items) {
        Instances rows = rows(log, users, items);
        model.score(log, rows.slice(0, Math.min(rows.size(), 4096)));
        return time(rows.size(), () -> model.score(log, rows));
    }

    /** The largest difference between both ways, relative to the largest score. */
    static double difference(Model model, InteractionLog log, int[] users, int items) {
        float[] whole = model.score(log, rows(log, users, items));
        DoubleAccumulator largest = new DoubleAccumulator(Math::max, 0);
        score(model, log, users, items, new CatalogueScorer.Receiver() {
            @Override
            public void asked(int row, float[] scores) {}

            @Override
            public void scores(int row, int first, float[] scores, int count) {
                for (int i = 0; i < count; i++) {
                    largest.accumulate(Math.abs(scores[i] - whole[row * items + first + i]));
                }
            }
        });
        double scale = 0;
        for (float score : whole) {
            scale = Math.max(scale, Math.abs(score));
        }
        return largest.get() / scale;
    }

    private static Instances rows(InteractionLog log, int[] users, int items) {
        int[] userOf = new int[users.length * items];
        int[] itemOf = new int[userOf.length];
        int[] positions = new int[userOf.length];
        for (int row = 0; row < userOf.length; row++) {
            userOf[row] = users[row / items];
            itemOf[row] = row % items;
            positions[row] = log.length(userOf[row]);
        }
        return new Instances(userOf, itemOf, positions);
    }

    static int[] positions(InteractionLog log, int[] users) {
        return Arrays.stream(users).map(log::length).toArray();
    }

    private record Nothing() implements CatalogueScorer.Receiver {
        @Override
        public void asked(int row, float[] scores) {}

        @Override
        public void scores(int row, int first, float[] scores, int count) {}
    }
}
