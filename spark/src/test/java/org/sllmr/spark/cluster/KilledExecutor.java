// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.spark.SllmrModel;

/**
 * A program that recommends on executors, each a process of its own, and kills one of them as soon as the first task is
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
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path bundle = Path.of(arguments[0]);
        try (SparkSession session = ClusterProgram.session(ClusterProgram.EXECUTORS)) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            Set<Long> processes = ClusterProgram.processes(session, ClusterProgram.EXECUTORS);
            ClusterProgram.Killer killer =
                    new ClusterProgram.Killer(processes.iterator().next(), true);
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
            killer.requireLost(session, ClusterProgram.EXECUTORS);
            requireSame(users, rows, library);
            ClusterProgram.say("executors " + processes + ", one killed; " + rows.size() + " answers as the library's");
        }
    }

    private static void requireSame(List<String> users, List<Row> rows, Recommender library) {
        ClusterProgram.require(rows.size() == users.size(), rows.size() + " answers");
        Map<String, List<Recommendations.Item>> known = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String user = users.get(i);
            List<Row> rated = rows.get(i).getList(1);
            List<Recommendations.Item> items = known.computeIfAbsent(
                    user, id -> library.recommend(Request.ofUser(id).withK(K)).items());
            ClusterProgram.require(rows.get(i).getString(0).equals(user) && rated.size() == items.size(), "row " + i);
            for (int rank = 0; rank < items.size(); rank++) {
                boolean same =
                        rated.get(rank).getString(0).equals(items.get(rank).item())
                                && Float.floatToRawIntBits(rated.get(rank).getFloat(1))
                                        == Float.floatToRawIntBits(
                                                items.get(rank).score());
                ClusterProgram.require(
                        same, "row " + i + " has " + rated.get(rank) + " in place of " + items.get(rank));
            }
        }
    }
}
