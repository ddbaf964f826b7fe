// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
