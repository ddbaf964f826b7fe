// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.spark.cluster.ClusterProgram;

class JobSessionTest {
    @Test
    void aSessionOfTheProcessListensToThisMachineOnly() {
        SparkSession session = TestSession.get();

        assertThat(session.sparkContext().uiWebUrl().isEmpty()).isTrue();
        assertThat(session.conf().get("spark.driver.host")).isEqualTo("127.0.0.1");
        assertThat(session.createDataset(List.of(3, 1, 2), Encoders.INT())
                        .orderBy("value")
                        .collectAsList())
                .containsExactly(1, 2, 3);
    }

    @Test
    void aJobThatIsStoppedSaysNothingOfItsTasks(@TempDir Path folder) throws Exception {
        assertThat(ClusterProgram.run(folder, StoppedJob.class).toLowerCase(Locale.ROOT))
                .doesNotContain("error")
                .doesNotContain("exception");
    }

    @Test
    void aClusterThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> JobSession.start("spark://nowhere:7077", () -> {
                    throw new IllegalStateException("Cannot call methods on a stopped SparkContext.\nIt was");
                }))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "spark.master: is spark://nowhere:7077, and Spark does not start there (Cannot call methods on"
                                + " a stopped SparkContext.); check that the address is right and the cluster runs");
    }

    @Test
    void kryoIsRefusedWhereItsLibraryIsMissing() {
        ClassLoader libraries = JobSessionTest.class.getClassLoader();
        SparkConf usual = new SparkConf(false);
        SparkConf kryo = new SparkConf(false).set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

        assertThatThrownBy(() -> JobSession.checkSerializer(kryo, libraries))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("spark.serializer: is Kryo, which needs the library breeze");
        assertThatCode(() -> JobSession.checkSerializer(usual, libraries)).doesNotThrowAnyException();
        ClassLoader complete = new ClassLoader(libraries) {
            @Override
            public URL getResource(String name) {
                return super.getResource(name.startsWith("breeze/") ? "org/sllmr/spark/Main.class" : name);
            }
        };
        assertThatCode(() -> JobSession.checkSerializer(kryo, complete)).doesNotThrowAnyException();
    }

    @Test
    void tablesAreShuffledJoinedAndKeptAsParquet(@TempDir Path folder) {
        String file = folder.resolve("counts").toString();
        SparkSession session = TestSession.get();
        session.range(0, 1000, 1, 8)
                .selectExpr("id % 10 AS digit", "cast(id as string) AS text")
                .groupBy("digit")
                .count()
                .join(session.range(3).toDF("digit"), "digit")
                .write()
                .parquet(file);

        assertThat(session.read().parquet(file).orderBy("digit").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[0,100]", "[1,100]", "[2,100]");
    }
}
