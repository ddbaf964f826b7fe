// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sllmr.bundle.RequestRules;
import org.sllmr.cli.spark.SparkJobs.Recommending;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.spark.SllmrModel;

/** Recommendations for many users, into Parquet with the columns of the command of one machine. */
final class RecommendJob {
    private static final String TABLE = ".parquet";

    private RecommendJob() {}

    /** Runs a job; the number of users. */
    static long run(SparkSession session, Recommending job) throws IOException {
        Path out = new Path(job.out());
        if (out.getFileSystem(session.sparkContext().hadoopConfiguration()).exists(out)) {
            throw new InvalidInputException(job.out(), "exists already; name another folder, or delete it");
        }
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
        write(model.recommendForRows(users, rules.k()), job.out());
        return users.count();
    }

    private static Dataset<Row> users(SparkSession session, String place, SllmrModel model, Recommending job) {
        if (!place.endsWith(TABLE)) {
            Dataset<Row> lines = session.read().text(place).toDF(model.getUserCol());
            return lines.filter(functions.trim(col(model.getUserCol())).notEqual(""));
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
