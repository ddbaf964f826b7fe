// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.RequestRules;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.spark.recommendation.RecommendRows;
import org.sllmr.spark.recommendation.ScoreRows;
import org.sllmr.spark.recommendation.SimilarRows;

/**
 * Recommends with a bundle on Spark, with the bits of {@link Recommender}; its methods are those of Spark's own
 * {@code ALSModel}.
 *
 * <pre>{@code
 * SllmrModel model = SllmrModel.load("bundle").setHistoryCol("clicks");
 * Dataset<Row> best = model.recommendForUserSubset(users, 20);
 * }</pre>
 *
 * <p>The bundle is sent to each executor once and opened there once; a task computes in its own thread alone.
 */
public final class SllmrModel extends ModelParams implements MLWritable {
    /** Users or items of a task: a minute at most, so that little is lost with an executor. */
    private static final int OF_TASK = 1000;

    private final LoadedBundle bundle;

    SllmrModel(String uid, LoadedBundle bundle) {
        super(uid);
        this.bundle = bundle;
    }

    /**
     * Loads a bundle, or a model that was saved.
     *
     * @param path a folder or zip file, also in a file system of the cluster
     * @throws InvalidInputException if it is damaged, or scores otherwise than where it was written
     */
    public static SllmrModel load(String path) {
        return read().load(path);
    }

    /** Reads models, as {@link #load}. */
    public static MLReader<SllmrModel> read() {
        return new SllmrModelReader();
    }

    @Override
    public MLWriter write() {
        return new SllmrModelWriter(this);
    }

    @Override
    SllmrModel self() {
        return this;
    }

    LoadedBundle bundle() {
        return bundle;
    }

    /** The model as the driver opened it. */
    public Recommender recommender() {
        return bundle.recommender();
    }

    @Override
    public SllmrModel copy(ParamMap extra) {
        return copyValues(new SllmrModel(uid(), bundle), extra).setParent(parent());
    }

    /**
     * Appends the model's score of each row's user and item: its logit, higher is better. A row has none, NaN, if the item
     * is not in the bundle, or if the bundle does not know the user and the row has no history.
     */
    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        StructType schema = transformSchema(rows.schema());
        int history = getHistoryCol().isEmpty() ? -1 : rows.schema().fieldIndex(getHistoryCol());
        Dataset<Row> scored = rows.toDF()
                .mapPartitions(
                        new ScoreRows(
                                bundle.sent(rows.sparkSession()),
                                rows.schema().fieldIndex(getUserCol()),
                                rows.schema().fieldIndex(getItemCol()),
                                history),
                        Encoders.row(schema));
        return drops() ? scored.filter(functions.not(functions.isnan(column(scored, getPredictionCol())))) : scored;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        ColumnChecks.of(schema).id("userCol", getUserCol()).id("itemCol", getItemCol());
        if (!getHistoryCol().isEmpty()) {
            ColumnChecks.of(schema).history("historyCol", getHistoryCol());
        }
        ColumnChecks.of(schema).free("predictionCol", getPredictionCol());
        return schema.add(getPredictionCol(), DataTypes.FloatType, false);
    }

    /**
     * The best items of all users whose ids the bundle holds.
     *
     * @param k most recommendations of each, 1 to 1,000
     * @return the user's id, and {@code recommendations}: an array of structs (item, rating), the best first
     * @throws InvalidInputException if the bundle does not hold users' ids as they are
     */
    public Dataset<Row> recommendForAllUsers(int k) {
        List<String> users = recommender().users();
        if (users.isEmpty()) {
            throw new InvalidInputException(
                    bundle.name(),
                    "does not hold the ids of users as they are; export with --histories plain, or call"
                            + " recommendForUserSubset");
        }
        SparkSession session = SparkSession.active();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        int tasks = Math.max(context.defaultParallelism(), (users.size() - 1) / OF_TASK + 1);
        return recommend(
                session.createDataset(context.parallelize(users, tasks).rdd(), Encoders.STRING())
                        .toDF(getUserCol()),
                k);
    }

    /**
     * The best items of some users: of each user once or, with a column of histories, for each row. A user whom the bundle
     * does not know gets what it recommends to someone new.
     *
     * @param users has the column of users and, if it is set, that of histories
     * @param k as in {@link #recommendForAllUsers}
     */
    public Dataset<Row> recommendForUserSubset(Dataset<?> users, int k) {
        return recommend(getHistoryCol().isEmpty() ? askers(users).distinct() : askers(users), k);
    }

    /** The best items for each row, in their order; otherwise as {@link #recommendForUserSubset}. */
    public Dataset<Row> recommendForRows(Dataset<?> users, int k) {
        return recommend(askers(users), k);
    }

    private Dataset<Row> askers(Dataset<?> users) {
        ColumnChecks.of(users.schema()).id("userCol", getUserCol());
        Column user = text(users, getUserCol());
        if (getHistoryCol().isEmpty()) {
            return users.select(user);
        }
        ColumnChecks.of(users.schema()).history("historyCol", getHistoryCol());
        return users.select(user, column(users, getHistoryCol()));
    }

    private Dataset<Row> recommend(Dataset<Row> askers, int k) {
        RequestRules rules = new RequestRules(k, getIncludeSeen(), getAllow(), getDeny(), getShares());
        // Finds whatever is wrong with the rules before a task does.
        recommender().recommend(rules.of(Request.ofHistory(List.of())));
        return rated(askers, new RecommendRows(bundle.sent(askers.sparkSession()), rules), getUserCol());
    }

    /**
     * The items that are most like those of a table, by the cosine of what the model holds of them; items that the bundle
     * does not have are left out.
     *
     * @param items has the column of items
     * @param k most items of each, 1 to 1,000
     * @return the item's id, and {@code recommendations} as in {@link #recommendForAllUsers}
     */
    public Dataset<Row> similarItems(Dataset<?> items, int k) {
        ColumnChecks.of(items.schema()).id("itemCol", getItemCol());
        if (k < 1 || k > Recommender.MOST) {
            throw new InvalidInputException("k", "is " + k + ", allowed is 1 to " + Recommender.MOST);
        }
        return rated(
                items.select(text(items, getItemCol())).distinct(),
                new SimilarRows(bundle.sent(items.sparkSession()), k),
                getItemCol());
    }

    private Dataset<Row> rated(Dataset<Row> rows, MapPartitionsFunction<Row, Row> answers, String key) {
        StructType rating = new StructType()
                .add(getItemCol(), DataTypes.StringType, false)
                .add("rating", DataTypes.FloatType, false);
        StructType schema = new StructType()
                .add(key, DataTypes.StringType)
                .add("recommendations", DataTypes.createArrayType(rating, false), false);
        return rows.mapPartitions(answers, Encoders.row(schema));
    }

    private static Column text(Dataset<?> rows, String name) {
        return column(rows, name).cast(DataTypes.StringType).as(name);
    }

    /** A column by its name, whatever characters that has. */
    private static Column column(Dataset<?> rows, String name) {
        return rows.col("`" + name.replace("`", "``") + "`");
    }
}
