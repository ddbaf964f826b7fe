// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sllmr.configuration.InvalidInputException;

/**
 * A provider's secret: it is sent to the provider and shown nowhere.
 *
 * <p>No record, and without equality, so that nothing prints, stores or compares it by accident.
 */
public final class ApiKey {
    /** No key, as for a server of one's own. */
    public static final ApiKey NONE = new ApiKey("");

    private static final String HIDDEN = "[key]";
    private static final int SHORTEST_SECRET = 4;

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * The key of an environment variable, or {@link #NONE} if it is not set.
     *
     * @throws InvalidInputException if it cannot be a key
     */
    public static ApiKey ofEnvironment(Map<String, String> environment, String variable) {
        return of(environment.getOrDefault(variable, ""), "environment variable " + variable);
    }

    /**
     * The key that a file holds, white space around it ignored.
     *
     * @throws InvalidInputException if the file cannot be read or holds no key
     */
    public static ApiKey ofFile(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "the key cannot be read from there (" + e.getClass().getSimpleName() + ")");
        }
        ApiKey key = of(text, file.toString());
        if (!key.isPresent()) {
            throw new InvalidInputException(file.toString(), "holds no key; put the provider's key there, alone");
        }
        return key;
    }

    private static ApiKey of(String text, String place) {
        String secret = text.strip();
        if (!secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidInputException(
                    place, "is no key: it holds blanks, line breaks or special characters; put the key there, alone");
        }
        return new ApiKey(secret);
    }

    /** Whether there is a key. */
    public boolean isPresent() {
        return !secret.isEmpty();
    }

    /** The key itself, for the one header that it is sent in. */
    String secret() {
        return secret;
    }

    /** A text without the key, which a provider or a proxy may have repeated in it. */
    String hideIn(String text) {
        return secret.length() < SHORTEST_SECRET ? text : text.replace(secret, HIDDEN);
    }

    @Override
    public String toString() {
        return isPresent() ? HIDDEN : "[no key]";
    }
}
