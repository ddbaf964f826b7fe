// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.spark.SllmrModel;

/**
 * A program that recommends on two executors, each a process of its own, and kills one of them as soon as the first task is
 * done. It fails unless each answer has the bits of the library.
 */
final class KilledExecutor {
    private static final int ROWS = 30_000;
    private static final int TASKS = 30;
    private static final int K = 20;

    private KilledExecutor() {}

    /**
     * Runs.
     *
     * @param arguments the bundle
     */
    public static void main(String[] arguments) throws IOException {
        Path bundle = Path.of(arguments[0]);
        try (SparkSession session = SparkSession.builder()
                .master("local-cluster[2,1,1024]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .getOrCreate()) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            Set<Long> processes = processes(session);
            Killer killer = new Killer(processes.iterator().next());
            Recommender library = Recommender.open(bundle);
            List<String> users = new ArrayList<>();
            for (int row = 0; row < ROWS; row++) {
                users.add(library.users().get(row % library.users().size()));
            }
            context.sc().addSparkListener(killer);
            List<Row> rows = SllmrModel.load(bundle.toString())
                    .recommendForRows(
                            session.createDataset(
                                            context.parallelize(users, TASKS).rdd(), Encoders.STRING())
                                    .toDF("user"),
                            K)
                    .collectAsList();
            require(killer.killed.get(), "no executor was killed");
            require(killer.removed.get(), "no executor was lost before the end");
            require(!processes(session).contains(killer.victim), "the killed process is at work");
            requireSame(users, rows, library);
            say("two executors " + processes + ", " + killer.victim + " killed; " + rows.size()
                    + " answers as the library's");
        }
    }

    /** Numbers of the executors' processes, which both have a task. */
    private static Set<Long> processes(SparkSession session) {
        long here = ProcessHandle.current().pid();
        Set<Long> found = new TreeSet<>();
        for (int attempt = 0; attempt < 100 && found.size() < 2; attempt++) {
            found.addAll(session.range(0, 8, 1, 8)
                    .mapPartitions(
                            (MapPartitionsFunction<Long, Long>) numbers -> {
                                Thread.sleep(100);
                                return List.of(ProcessHandle.current().pid()).iterator();
                            },
                            Encoders.LONG())
                    .collectAsList());
        }
        require(found.size() == 2 && !found.contains(here), "executors have the processes " + found);
        return found;
    }

    private static void requireSame(List<String> users, List<Row> rows, Recommender library) {
        require(rows.size() == users.size(), rows.size() + " answers");
        Map<String, List<Recommendations.Item>> known = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String user = users.get(i);
            List<Row> rated = rows.get(i).getList(1);
            List<Recommendations.Item> items = known.computeIfAbsent(
                    user, id -> library.recommend(Request.ofUser(id).withK(K)).items());
            require(rows.get(i).getString(0).equals(user) && rated.size() == items.size(), "row " + i);
            for (int rank = 0; rank < items.size(); rank++) {
                boolean same =
                        rated.get(rank).getString(0).equals(items.get(rank).item())
                                && Float.floatToRawIntBits(rated.get(rank).getFloat(1))
                                        == Float.floatToRawIntBits(
                                                items.get(rank).score());
                require(same, "row " + i + " has " + rated.get(rank) + " in place of " + items.get(rank));
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Ends a process without any goodbye when the first task is done. */
    private static final class Killer extends SparkListener {
        private final long victim;
        private final AtomicBoolean killed = new AtomicBoolean();
        private final AtomicBoolean removed = new AtomicBoolean();

        Killer(long victim) {
            this.victim = victim;
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd event) {
            if (killed.compareAndSet(false, true)) {
                ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
            }
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
            removed.set(true);
        }
    }
}
