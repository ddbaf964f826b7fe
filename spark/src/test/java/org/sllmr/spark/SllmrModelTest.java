// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Folders;
import org.sllmr.spark.session.TestSession;

class SllmrModelTest {
    private static final int K = 7;

    @TempDir
    static Path shared;

    private static BundleFixture fixture;
    private static Path bundle;
    private static Recommender library;

    private final SparkSession session = TestSession.get();
    private final SllmrModel model = SllmrModel.load(bundle.toString());

    @BeforeAll
    static void writeBundle() {
        fixture = new BundleFixture();
        bundle = fixture.write(shared.resolve("bundle"), HistoryForm.PLAIN, false);
        library = Recommender.open(bundle);
    }

    /** What a row of recommendations says, with the bits of each score. */
    private static List<String> said(Row row) {
        List<String> said = new ArrayList<>();
        for (Row rated : row.<Row>getList(1)) {
            said.add(rated.getString(0) + " " + Integer.toHexString(Float.floatToRawIntBits(rated.getFloat(1))));
        }
        return said;
    }

    private static List<String> said(Recommendations answer) {
        return answer.items().stream()
                .map(item -> item.item() + " " + Integer.toHexString(Float.floatToRawIntBits(item.score())))
                .toList();
    }

    private Dataset<Row> texts(String column, List<String> values) {
        return session.createDataset(values, Encoders.STRING()).toDF(column);
    }

    @Test
    void allUsersGetWhatTheLibraryRecommends() {
        Dataset<Row> best = model.recommendForAllUsers(K);

        assertThat(best.schema().simpleString())
                .isEqualTo("struct<user:string,recommendations:array<struct<item:string,rating:float>>>");
        List<Row> rows = best.collectAsList();
        assertThat(rows).extracting(row -> row.getString(0)).containsExactlyElementsOf(library.users());
        for (Row row : rows) {
            assertThat(said(row))
                    .hasSize(K)
                    .isEqualTo(said(
                            library.recommend(Request.ofUser(row.getString(0)).withK(K))));
        }
    }

    @Test
    void rulesAreThoseOfTheLibrary() {
        String field = library.catalogue().fields().get(0).name();
        List<String> values = library.catalogue().fields().get(0).vocabulary().values();
        Map<String, Set<String>> allow = Map.of(field, Set.of(values.get(0), values.get(1), values.get(2)));
        Map<String, Set<String>> deny = Map.of(field, Set.of(values.get(2)));
        Map<String, Double> shares = Map.of(field, 0.6);
        List<Row> rows = model.setAllow(allow)
                .setDeny(deny)
                .setShares(shares)
                .setIncludeSeen(true)
                .recommendForAllUsers(K)
                .collectAsList();

        assertThat(model.getAllow()).isEqualTo(allow);
        assertThat(rows).hasSize(BundleFixture.USERS);
        for (Row row : rows) {
            assertThat(said(row))
                    .isNotEmpty()
                    .isEqualTo(said(library.recommend(Request.ofUser(row.getString(0))
                            .withK(K)
                            .withSeen(true)
                            .withRules(allow, deny, shares))));
        }
        assertThatThrownBy(() -> model.setShares(Map.of("colour", 2.0)).recommendForAllUsers(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("colour")
                .hasMessageContaining("k: is 0");
    }

    @Test
    void aUserThatIsThereTwiceIsAnsweredOnce() {
        Dataset<Row> users = texts("who", List.of("stranger", library.users().get(3), "stranger"));

        List<Row> rows =
                model.setUserCol("who").recommendForUserSubset(users, K).collectAsList();

        assertThat(rows).hasSize(2);
        for (Row row : rows) {
            assertThat(said(row))
                    .isEqualTo(said(
                            library.recommend(Request.ofUser(row.getString(0)).withK(K))));
        }
    }

    @Test
    void historiesComeFromAColumn() {
        StructType schema = new StructType()
                .add("user", DataTypes.StringType)
                .add("clicks", DataTypes.createArrayType(DataTypes.StringType));
        List<String> clicks = fixture.history(5).subList(0, 3);
        List<Row> askers = List.of(
                RowFactory.create(library.users().get(1), clicks.toArray()),
                RowFactory.create(null, clicks.toArray()),
                RowFactory.create(library.users().get(2), null));
        model.setHistoryCol("clicks");
        List<Row> rows = model.recommendForUserSubset(session.createDataFrame(askers, schema), K)
                .collectAsList();

        assertThat(rows)
                .extracting(SllmrModelTest::said)
                .containsExactly(
                        said(library.recommend(Request.ofHistory(clicks)
                                .withUser(library.users().get(1))
                                .withK(K))),
                        said(library.recommend(Request.ofHistory(clicks).withK(K))),
                        said(library.recommend(
                                Request.ofUser(library.users().get(2)).withK(K))));
    }

    @Test
    void whatAHistoryLacksOrTheBundleDoesNotKnowIsPassedOver() {
        StructType schema = new StructType()
                .add("user", DataTypes.StringType)
                .add("item", DataTypes.StringType)
                .add("clicks", DataTypes.createArrayType(DataTypes.StringType));
        List<String> clicks = fixture.history(5).subList(0, 2);
        String item = library.catalogue().ids().values().get(9);
        Dataset<Row> asked = session.createDataFrame(
                List.of(
                        RowFactory.create("stranger", item, new String[] {clicks.get(0), null, clicks.get(1)}),
                        RowFactory.create("stranger", item, new String[] {null, "no such item"}),
                        RowFactory.create("stranger", item, new String[0])),
                schema);
        model.setHistoryCol("clicks");

        assertThat(model.recommendForUserSubset(asked, K).collectAsList())
                .extracting(SllmrModelTest::said)
                .containsExactly(
                        said(library.recommend(
                                Request.ofHistory(clicks).withUser("stranger").withK(K))),
                        said(library.recommend(Request.ofUser("stranger").withK(K))),
                        said(library.recommend(Request.ofUser("stranger").withK(K))));
        assertThat(model.transform(asked).collectAsList())
                .extracting(row -> row.getFloat(3))
                .containsExactly(
                        library.score(Request.ofHistory(clicks).withCandidates(List.of(item)))
                                .items()
                                .get(0)
                                .score(),
                        Float.NaN,
                        Float.NaN);
    }

    @Test
    void itemsThatAreAlikeAreThoseOfTheLibrary() {
        List<String> items = library.catalogue().ids().values().subList(0, 20);
        List<String> asked = new ArrayList<>(items);
        asked.add("no such item");

        List<Row> rows = model.similarItems(texts("item", asked), 5).collectAsList();

        assertThat(rows).extracting(row -> row.getString(0)).containsExactlyInAnyOrderElementsOf(items);
        for (Row row : rows) {
            assertThat(said(row)).isEqualTo(said(library.similar(row.getString(0), 5)));
        }
    }

    @Test
    void transformAppendsTheScoresOfRows() {
        StructType schema = new StructType()
                .add("item", DataTypes.StringType)
                .add("day", DataTypes.IntegerType)
                .add("user", DataTypes.StringType);
        List<String> items = library.catalogue().ids().values();
        List<Row> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(RowFactory.create(
                    items.get(i * 7 % items.size()), i, library.users().get(i / 9)));
        }
        asked.add(RowFactory.create("no such item", 200, library.users().get(0)));
        asked.add(RowFactory.create(items.get(0), 201, "stranger"));
        asked.add(RowFactory.create(null, 202, null));
        Dataset<Row> rows = session.createDataFrame(asked, schema);

        List<Row> scored = model.transform(rows).collectAsList();

        assertThat(scored).hasSize(203);
        for (int i = 0; i < 200; i++) {
            Row row = scored.get(i);
            assertThat(row.getInt(1)).isEqualTo(i);
            float score = library.score(Request.ofUser(row.getString(2)).withCandidates(List.of(row.getString(0))))
                    .items()
                    .get(0)
                    .score();
            assertThat(Float.floatToRawIntBits(row.getFloat(3))).isEqualTo(Float.floatToRawIntBits(score));
        }
        assertThat(scored.subList(200, 203)).allMatch(row -> Float.isNaN(row.getFloat(3)));
        assertThat(model.setColdStartStrategy("drop").transform(rows).count()).isEqualTo(200);
    }

    @Test
    void columnsThatDoNotFitAreRefusedAtOnce() {
        Dataset<Row> rows = texts("item", List.of("a")).selectExpr("item", "1.5 AS user", "2 AS prediction");

        assertThatThrownBy(() -> model.transform(rows))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("userCol 'user'")
                .hasMessageContaining("decimal");
        assertThatThrownBy(() -> model.setUserCol("who").transform(rows))
                .hasMessageContaining("the table has item, user, prediction");
        assertThatThrownBy(() -> model.setUserCol("item").transform(rows)).hasMessageContaining("in the table already");
        assertThatThrownBy(
                        () -> model.setUserCol("user").transform(rows.selectExpr("item", "'a' AS user", "'b' AS user")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("userCol 'user': is in the table twice");
        assertThatThrownBy(() -> model.setColdStartStrategy("skip")).hasMessageContaining("allowed are nan and drop");
        assertThatThrownBy(() -> model.set(model.coldStartStrategy(), "skip"))
                .hasMessageContaining("coldStartStrategy given invalid value skip");
    }

    @Test
    void aSavedModelIsTheSameInAPipelineToo() throws IOException {
        model.setItemCol("product").setDeny(Map.of("brand", Set.of("a=b", "c"))).setPredictionCol("logit");
        Path place = shared.resolve("saved");
        model.write().overwrite().save(place.toString());

        SllmrModel loaded = SllmrModel.load(place.toString());

        assertThat(loaded.getItemCol()).isEqualTo("product");
        assertThat(loaded.getDeny()).isEqualTo(model.getDeny());
        assertThat(loaded.recommender().hash()).isEqualTo(library.hash());
        assertThat(loaded.copy(loaded.paramMap()).getPredictionCol()).isEqualTo("logit");

        Dataset<Row> rows = texts("product", library.catalogue().ids().values())
                .selectExpr("product", "'" + library.users().get(4) + "' AS user");
        Path line = shared.resolve("pipeline");
        new Pipeline()
                .setStages(new PipelineStage[] {model})
                .fit(rows)
                .write()
                .overwrite()
                .save(line.toString());
        assertThat(PipelineModel.load(line.toString()).transform(rows).collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
    }

    @Test
    void aModelCanTakeThePlaceOfWhatItWasLoadedFrom() throws IOException {
        String place = shared.resolve("replaced").toString();
        model.write().overwrite().save(place);
        SllmrModel.load(place).setUserCol("who").write().overwrite().save(place);
        assertThat(SllmrModel.load(place).getUserCol()).isEqualTo("who");

        Dataset<Row> rows = texts("item", library.catalogue().ids().values())
                .selectExpr("item", "'" + library.users().get(4) + "' AS user");
        String line = shared.resolve("replaced-pipeline").toString();
        new Pipeline().setStages(new PipelineStage[] {model}).fit(rows).write().save(line);
        PipelineModel.load(line).write().overwrite().save(line);
        assertThat(PipelineModel.load(line).transform(rows).collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());

        Path gone = fixture.write(shared.resolve("gone"), HistoryForm.PLAIN, false);
        SllmrModel open = SllmrModel.load(gone.toString());
        Folders.delete(gone);
        open.save(shared.resolve("kept").toString());
        assertThat(open.transform(rows).collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
        assertThat(SllmrModel.load(shared.resolve("kept").toString())
                        .recommender()
                        .hash())
                .isEqualTo(library.hash());
    }

    @Test
    void aZipFileIsSentAsItIs() throws IOException {
        Path zip = fixture.write(shared.resolve("bundle.zip"), HistoryForm.PLAIN, true);
        Path saved = shared.resolve("saved-zip");
        SllmrModel.load(zip.toString()).write().overwrite().save(saved.toString());

        assertThat(SllmrModel.load(saved.toString()).recommendForAllUsers(K).collectAsList())
                .isEqualTo(model.recommendForAllUsers(K).collectAsList());
    }

    @Test
    void aBundleWithoutIdsKnowsNotAllUsers() {
        Path hashed = fixture.write(shared.resolve("hashed"), HistoryForm.HASHED, false);
        SllmrModel secret = SllmrModel.load(hashed.toString());

        assertThatThrownBy(() -> secret.recommendForAllUsers(K)).hasMessageContaining("--histories plain");
        assertThat(said(secret.recommendForUserSubset(
                                texts("user", library.users().subList(0, 1)), K)
                        .first()))
                .isEqualTo(said(
                        library.recommend(Request.ofUser(library.users().get(0)).withK(K))));
    }

    @Test
    void aDamagedBundleIsRefusedByTheDriver() throws IOException {
        Path damaged = fixture.write(shared.resolve("damaged"), HistoryForm.PLAIN, false);
        byte[] bytes = Files.readAllBytes(damaged.resolve("model"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged.resolve("model"), bytes);

        assertThatThrownBy(() -> SllmrModel.load(damaged.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("model");
        for (String none : List.of("my:bundle", "")) {
            assertThatThrownBy(() -> SllmrModel.load(none))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("'" + none + "': is neither a path nor an address");
        }
        assertThatThrownBy(() -> SllmrModel.load(shared.resolve("nowhere").toString()))
                .hasMessageContaining("does not exist");
    }
}
