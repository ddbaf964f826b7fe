// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.batches.BatchListPage;
import com.openai.models.batches.BatchListParams;
import com.openai.models.batches.BatchRetrieveParams;
import com.openai.models.files.FileContentParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;

/** The provider's API calls for batches; temporary failures are retried. */
final class BatchApi {
    /** Metadata of our batches, to find them if their id was lost. */
    private static final String TAG = "sllmr";

    private static final Set<String> UNUSABLE = Set.of("failed", "cancelled", "cancelling");
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_FAILURES = 10;
    private static final int LAST_PAGES = 20;

    private final OpenAIClient client;
    private final Failures failures;
    private final Duration pause;
    private boolean reached;
    private final RequestOptions options =
            RequestOptions.builder().timeout(TIMEOUT).build();

    BatchApi(OpenAIClient client, Failures failures, Duration pause) {
        this.client = client;
        this.failures = failures;
        this.pause = pause;
    }

    private interface Call<R> {
        R run() throws IOException;
    }

    String upload(Path file) throws ProviderException, IOException, InterruptedException {
        return retried(() -> client.files()
                .create(
                        FileCreateParams.builder()
                                .file(file)
                                .purpose(FilePurpose.BATCH)
                                .build(),
                        options)
                .id());
    }

    /**
     * The id of the batch with a name; it is created only if the provider has none, so that it is not paid for twice.
     */
    String findOrCreate(String name, String file) throws ProviderException, IOException, InterruptedException {
        return retried(() -> {
            Optional<String> known = find(name);
            return known.isPresent() ? known.get() : create(name, file);
        });
    }

    private String create(String name, String file) {
        return client.batches()
                .create(
                        BatchCreateParams.builder()
                                .inputFileId(file)
                                .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                                .completionWindow(BatchCreateParams.CompletionWindow._24H)
                                .metadata(BatchCreateParams.Metadata.builder()
                                        .putAdditionalProperty(TAG, JsonValue.from(name))
                                        .build())
                                .build(),
                        options)
                .id();
    }

    private Optional<String> find(String name) {
        BatchListPage page =
                client.batches().list(BatchListParams.builder().limit(100).build(), options);
        for (int number = 1; ; number++) {
            for (Batch batch : page.items()) {
                boolean ours = batch.metadata()
                        .map(metadata -> JsonValue.from(name)
                                .equals(metadata._allProperties().get(TAG)))
                        .orElse(false);
                if (ours && !UNUSABLE.contains(batch.status().asString())) {
                    return Optional.of(batch.id());
                }
            }
            if (number == LAST_PAGES || !page.hasNextPage()) {
                return Optional.empty();
            }
            page = page.nextPage();
        }
    }

    Batch look(String batch) throws ProviderException, IOException, InterruptedException {
        return retried(() -> client.batches()
                .retrieve(BatchRetrieveParams.builder().batchId(batch).build(), options));
    }

    /** The lines of a file; empty if the provider does not have it yet. */
    Optional<List<String>> download(String file) throws ProviderException, IOException, InterruptedException {
        return retried(() -> {
            try (HttpResponse response = client.files()
                    .content(FileContentParams.builder().fileId(file).build(), options)) {
                return Optional.of(new String(response.body().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            } catch (NotFoundException notYet) {
                return Optional.empty();
            }
        });
    }

    private <R> R retried(Call<R> call) throws ProviderException, IOException, InterruptedException {
        for (int failed = 1; ; failed++) {
            ProviderException failure;
            try {
                R result = call.run();
                reached = true;
                return result;
            } catch (OpenAIException e) {
                failure = failures.of(e);
            }
            // If the address was never reached, it is wrong; otherwise the failure is temporary.
            boolean wrongPlace = failure.kind() == Kind.UNREACHABLE && !reached;
            reached |= failure.kind() != Kind.UNREACHABLE;
            if (!failure.kind().passing() || wrongPlace || failed == MAX_FAILURES) {
                throw failure;
            }
            Thread.sleep(failure.retryAfter().orElse(pause).toMillis());
        }
    }
}
