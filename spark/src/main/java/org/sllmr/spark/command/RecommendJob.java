// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sllmr.bundle.RequestRules;
import org.sllmr.cli.spark.SparkJobs.Recommending;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;
import org.sllmr.spark.SllmrModel;
import org.sllmr.spark.session.Address;

/** Recommendations for many users, into Parquet with the columns of the command of one machine. */
final class RecommendJob {
    private static final String TABLE = ".parquet";

    private RecommendJob() {}

    /** Runs a job; the number of users. */
    static long run(SparkSession session, Recommending job) throws IOException {
        requireNew(session, job.out());
        RequestRules rules = job.rules();
        SllmrModel model = SllmrModel.load(job.bundle())
                .setIncludeSeen(rules.seen())
                .setAllow(rules.allow())
                .setDeny(rules.deny())
                .setShares(rules.shares());
        if (job.users().isEmpty()) {
            write(model.recommendForAllUsers(rules.k()), job.out());
            return model.recommender().users().size();
        }
        Dataset<Row> users = users(session, job.users().get(), model, job);
        if (users.isEmpty()) {
            throw new InvalidInputException(job.users().get(), "has no ids");
        }
        write(model.recommendForRows(users, rules.k()), job.out());
        return users.count();
    }

    /** Before anything is computed: Spark's writers find what is wrong with a place in each task. */
    private static void requireNew(SparkSession session, String place) throws IOException {
        Path out = Address.of(place);
        FileSystem files = out.getFileSystem(session.sparkContext().hadoopConfiguration());
        if (files.exists(out)) {
            throw new InvalidInputException(place, "exists already; name another folder, or delete it");
        }
        String reason = "no folder can be made there";
        try {
            if (files.mkdirs(out)) {
                files.delete(out, false);
                return;
            }
        } catch (IOException e) {
            reason = Reason.of(e);
        }
        throw new InvalidInputException(
                place, "cannot be written: " + reason + "; choose another place, or change its permissions");
    }

    private static Dataset<Row> users(SparkSession session, String place, SllmrModel model, Recommending job) {
        try {
            return read(session, place, model, job);
        } catch (Exception e) {
            // Spark's AnalysisException, which its methods do not declare.
            throw PrepareJob.unreadable(place, e);
        }
    }

    private static Dataset<Row> read(SparkSession session, String place, SllmrModel model, Recommending job) {
        if (!place.endsWith(TABLE)) {
            // As one machine reads them.
            return session.read()
                    .textFile(place)
                    .map((MapFunction<String, String>) String::strip, Encoders.STRING())
                    .filter((FilterFunction<String>) id -> !id.isEmpty())
                    .toDF(model.getUserCol());
        }
        model.setUserCol(job.userColumn());
        job.historyColumn().ifPresent(model::setHistoryCol);
        return session.read().parquet(place);
    }

    private static void write(Dataset<Row> recommendations, String out) {
        String user = recommendations.columns()[0];
        recommendations
                .select(col("`" + user.replace("`", "``") + "`").as("user"), posexplode(col("recommendations")))
                .selectExpr("user", "pos + 1 AS rank", "col.item AS item", "col.rating AS score")
                .write()
                .parquet(out);
    }
}
