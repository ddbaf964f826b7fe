// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.Optional;
import org.sllmr.llm.LanguageModel.TokenCount;

/** Counts tokens with the model's tokenizer if it is published, and otherwise estimates them. */
final class TokenCounter {
    /** Characters per token in English, OpenAI's rule of thumb. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private static final List<String> O200K =
            List.of("gpt-4o", "chatgpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "o1", "o3", "o4");
    private static final List<String> CL100K = List.of("gpt-4", "gpt-3.5-turbo");

    private final Optional<Encoding> encoding;

    private TokenCounter(Optional<Encoding> encoding) {
        this.encoding = encoding;
    }

    static TokenCounter of(OpenAiSettings settings) {
        return new TokenCounter(
                settings.isOpenAi()
                        ? type(settings.model()).map(Encodings.newLazyEncodingRegistry()::getEncoding)
                        : Optional.empty());
    }

    private static Optional<EncodingType> type(String model) {
        if (begins(model, O200K)) {
            return Optional.of(EncodingType.O200K_BASE);
        }
        return begins(model, CL100K) ? Optional.of(EncodingType.CL100K_BASE) : Optional.empty();
    }

    /** Whether the model is one of these or a dated version of one. */
    private static boolean begins(String model, List<String> names) {
        return names.stream().anyMatch(name -> model.equals(name) || model.startsWith(name + "-"));
    }

    TokenCount count(String text) {
        return encoding.map(known -> new TokenCount(known.countTokensOrdinary(text), true))
                .orElseGet(
                        () -> new TokenCount((text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN, false));
    }
}
