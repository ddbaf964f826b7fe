// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.RequestRules;
import org.sllmr.data.ProgressListener;
import org.sllmr.serving.batch.BatchRecommendation;

class BatchRecommendationTest {
    @TempDir
    private Path folder;

    /** Parts have 500 users; with several threads the last, short one may be done before others. */
    @Test
    void usersThatWereDoneAreCountedWhicheverPartTheyAreIn() throws Exception {
        Recommender recommender = Recommender.open(ServerFixture.bundle(folder.resolve("bundle"), "a"));
        List<String> users =
                IntStream.range(0, 1_003).mapToObj(number -> "u" + number % 9).toList();
        Path whole = folder.resolve("whole.jsonl");
        RequestRules rules = RequestRules.of(2, false);
        new BatchRecommendation(recommender, users, rules, whole).run(2, ProgressListener.NONE);
        Path out = folder.resolve("out.jsonl");
        BatchRecommendation job = new BatchRecommendation(recommender, users, rules, out);
        assertThatThrownBy(() -> job.run(1, (stage, done, all) -> {
                    if (done == 700) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasStackTraceContaining("stopped");
        // As if another thread had done the last part, and none had done the first.
        Files.delete(job.parts().resolve("part-0000000.jsonl"));
        List<String> lines = Files.readAllLines(whole);
        Files.writeString(
                job.parts().resolve("part-0000002.jsonl"), String.join("\n", lines.subList(1_000, 1_003)) + "\n");
        List<Long> progress = new ArrayList<>();
        assertThat(job.run(1, (stage, done, all) -> progress.add(done))).isEqualTo(3);
        assertThat(progress).first().isEqualTo(4L);
        assertThat(progress).last().isEqualTo(1_003L);
        assertThat(out).hasSameBinaryContentAs(whole);
    }
}
