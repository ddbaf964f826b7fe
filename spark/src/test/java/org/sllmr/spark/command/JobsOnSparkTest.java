// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.RequestRules;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.cli.spark.SparkJobs;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Column;
import org.sllmr.data.ProgressListener;
import org.sllmr.serving.batch.BatchRecommendation;
import org.sllmr.spark.session.TestSession;

class JobsOnSparkTest {
    @TempDir
    static Path folder;

    private static Path bundle;

    private final SparkSession session = TestSession.get();
    private final SparkJobs jobs = SparkJobs.find();

    @BeforeAll
    static void writeBundle() {
        bundle = new BundleFixture().write(folder.resolve("bundle"), HistoryForm.PLAIN, false);
    }

    private static SparkJobs.Recommending job(Optional<Path> users, Optional<String> history, Path out) {
        return new SparkJobs.Recommending(
                bundle.toString(),
                users.map(Path::toString),
                "who",
                history,
                RequestRules.of(5, false),
                out.toString());
    }

    private List<Row> read(Path table) {
        return session.read()
                .parquet(table.toString())
                .select("user", "rank", "item", "score")
                .orderBy("user", "rank")
                .collectAsList();
    }

    @Test
    void theTableIsThatOfOneMachine() throws Exception {
        Recommender recommender = Recommender.open(bundle);
        Path one = folder.resolve("one.parquet");
        new BatchRecommendation(recommender, recommender.users(), RequestRules.of(5, false), one)
                .run(2, ProgressListener.NONE);
        AtomicLong tasks = new AtomicLong();

        Path all = folder.resolve("all");
        assertThat(jobs.recommend(
                        job(Optional.empty(), Optional.empty(), all), (stage, done, total) -> tasks.set(done)))
                .isEqualTo(BundleFixture.USERS);
        assertThat(read(all)).hasSize(5 * BundleFixture.USERS).isEqualTo(read(one));
        assertThat(tasks).hasPositiveValue();

        Path ids = Files.write(folder.resolve("ids.txt"), recommender.users());
        Path named = folder.resolve("named");
        assertThat(jobs.recommend(job(Optional.of(ids), Optional.empty(), named), ProgressListener.NONE))
                .isEqualTo(BundleFixture.USERS);
        assertThat(read(named)).isEqualTo(read(one));
    }

    @Test
    void aFileOfIdsIsReadAsOnOneMachine() throws Exception {
        Recommender recommender = Recommender.open(bundle);
        String user = recommender.users().get(3);
        Path ids = folder.resolve("blanks.txt");
        Files.writeString(ids, "\uFEFF" + user + " \r\n\t\r\n\tstranger\t\n  \n");
        Path out = folder.resolve("of-blanks");

        assertThat(jobs.recommend(job(Optional.of(ids), Optional.empty(), out), ProgressListener.NONE))
                .isEqualTo(2);
        assertThat(read(out).stream().map(row -> row.getString(0)).distinct())
                .containsExactlyInAnyOrder(user, "stranger");

        Files.writeString(ids, " \n");
        Path none = folder.resolve("of-none");
        assertThatThrownBy(() -> jobs.recommend(job(Optional.of(ids), Optional.empty(), none), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("blanks.txt: has no ids");
        Path nowhere = folder.resolve("nowhere.txt");
        assertThatThrownBy(
                        () -> jobs.recommend(job(Optional.of(nowhere), Optional.empty(), none), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nowhere.txt: cannot be read by Spark");
        assertThat(none).doesNotExist();
        // A file stands where the folder's folder would.
        assertThatThrownBy(() -> jobs.recommend(
                        job(Optional.of(ids), Optional.empty(), ids.resolve("below")), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("below: cannot be written");
    }

    @Test
    void rulesAreThoseOfOneMachine() throws Exception {
        Recommender recommender = Recommender.open(bundle);
        Column field = recommender.catalogue().fields().get(0);
        RequestRules rules = new RequestRules(
                5,
                true,
                Map.of(),
                Map.of(field.name(), Set.of(field.vocabulary().value(0))),
                Map.of(field.name(), 0.4));
        Path one = folder.resolve("ruled.parquet");
        new BatchRecommendation(recommender, recommender.users(), rules, one).run(2, ProgressListener.NONE);
        Path there = folder.resolve("ruled");
        jobs.recommend(
                new SparkJobs.Recommending(
                        bundle.toString(), Optional.empty(), "who", Optional.empty(), rules, there.toString()),
                ProgressListener.NONE);

        assertThat(read(there)).isEqualTo(read(one)).isNotEqualTo(read(plain()));
    }

    private Path plain() throws Exception {
        Path plain = folder.resolve("plain.parquet");
        Recommender recommender = Recommender.open(bundle);
        new BatchRecommendation(recommender, recommender.users(), RequestRules.of(5, true), plain)
                .run(2, ProgressListener.NONE);
        return plain;
    }

    @Test
    void historiesComeFromATable() throws IOException {
        Path table = folder.resolve("visitors.parquet");
        Recommender recommender = Recommender.open(bundle);
        String item = recommender.catalogue().ids().value(7);
        session.range(2)
                .selectExpr("concat('visitor ', id) AS who", "array('" + item + "') AS clicks")
                .write()
                .parquet(table.toString());
        Path out = folder.resolve("for-visitors");

        assertThat(jobs.recommend(job(Optional.of(table), Optional.of("clicks"), out), ProgressListener.NONE))
                .isEqualTo(2);
        assertThat(read(out).stream()
                        .filter(row -> row.getString(0).equals("visitor 1"))
                        .map(row -> row.getString(2)))
                .containsExactlyElementsOf(
                        recommender
                                .recommend(Request.ofHistory(List.of(item))
                                        .withUser("visitor 1")
                                        .withK(5))
                                .items()
                                .stream()
                                .map(found -> found.item())
                                .toList());

        assertThatThrownBy(() -> jobs.recommend(job(Optional.of(table), Optional.empty(), out), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> jobs.recommend(
                        job(Optional.of(table), Optional.of("views"), folder.resolve("none")), ProgressListener.NONE))
                .hasMessageContaining("historyCol 'views': is missing; the table has who, clicks");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** Spark wraps what a task threw, more than once. */
    @Test
    void whatATaskFindsWrongIsTold() {
        InvalidInputException wrong = new InvalidInputException("a", "is wrong");
        IllegalStateException wrapped = new IllegalStateException(new IllegalStateException(wrong));

        assertThatThrownBy(() -> Faults.throwKnown(wrapped)).isSameAs(wrong);
        assertThatThrownBy(() -> Faults.throwKnown(new IllegalStateException(new OutOfMemoryError("heap"))))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
