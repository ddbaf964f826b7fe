// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.AskingSettings;
import org.sllmr.llm.run.ScoringRun;
import org.sllmr.spark.sent.SentBytes;

/**
 * Asks about the parts of a task, one after the other, within the task's share of the limits. A task that was lost is asked
 * again; it finds what its predecessor stored and spent.
 *
 * @param questions how all questions are asked
 * @param users the users of each part
 * @param key the provider's key
 * @param store folder of the store
 * @param configuration of the store's file system
 * @param run number of the run
 */
record AskParts(
        Broadcast<SentQuestions> questions,
        List<Broadcast<byte[]>> users,
        ApiKey key,
        String store,
        SerializableConfiguration configuration,
        int run)
        implements Function<byte[], byte[]> {
    private static final long serialVersionUID = 1L;
    private static final long MILLIS_OF_MINUTE = 60_000;

    /** What a task returns. */
    record Asked(AskedPart[] parts) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public byte[] call(byte[] sent) throws IOException, InterruptedException {
        SentTask task = SentBytes.read(sent, SentTask.class);
        AskedPart[] asked = new AskedPart[task.parts().length];
        LanguageSettings settings = questions.value().settings();
        try (OpenAiModel model = OpenAiModel.open(settings.model(), key)) {
            double left = task.money();
            AskingEnd end = AskingEnd.DONE;
            String message = "";
            for (int at = 0; at < asked.length; at++) {
                int part = task.parts()[at];
                PartFolder folder = PartFolder.of(StoreOfParts.part(store, part), configuration.value());
                try (PartStore answers = new PartStore(folder, run)) {
                    Requests requests = requests(part, model);
                    if (task.tasks() == 0 || end != AskingEnd.DONE) {
                        asked[at] = AskedPart.untouched(part, requests.size(), answers, end, message);
                        continue;
                    }
                    AskingSettings share =
                            Shares.of(settings.run(), task.tasks()).get(task.number());
                    pause(share, at);
                    // A lost task's successor has its money, less what that has spent.
                    double limit = task.spent()[at] + left;
                    AskingResult result = ask(
                            requests, model, settings, Double.isInfinite(limit) ? share : share.with(limit), answers);
                    asked[at] = AskedPart.of(part, result, answers);
                    left -= answers.spent() - task.spent()[at];
                    end = result.end();
                    message = result.message();
                }
            }
        }
        return SentBytes.of(new Asked(asked));
    }

    private Requests requests(int part, LanguageModel model) {
        return questions.value().requests(SentBytes.read(users.get(part).value(), SentPart.class), model);
    }

    private static AskingResult ask(
            Requests requests, LanguageModel model, LanguageSettings settings, AskingSettings share, PartStore answers)
            throws IOException, InterruptedException {
        TaskContext context = TaskContext.get();
        return new ScoringRun(requests, model, settings.price(), share).run(answers, progress -> {
            if (context.isInterrupted()) {
                // The job was stopped: requests under way are still answered.
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Keeps the distance between requests that the limit demands: one may have been sent just now. */
    private static void pause(AskingSettings share, int at) throws InterruptedException {
        if (share.requestsPerMinute().isPresent()
                && (at > 0 || TaskContext.get().attemptNumber() > 0)) {
            Thread.sleep(MILLIS_OF_MINUTE / share.requestsPerMinute().get() + 1);
        }
    }
}
