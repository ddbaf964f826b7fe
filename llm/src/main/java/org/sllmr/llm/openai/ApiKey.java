// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;

/**
 * A provider's secret key, which is sent to the provider and never shown.
 *
 * <p>It is not a record and has no equality, so that nothing prints, stores or compares it by accident.
 * It can be serialized, for tasks of a cluster that ask; who does so sends the secret.
 */
public final class ApiKey implements Serializable {
    private static final long serialVersionUID = 1;

    /** No key, as for your own server. */
    public static final ApiKey NONE = new ApiKey("");

    private static final String HIDDEN = "[key]";
    private static final int MIN_SECRET_LENGTH = 4;

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * The key of an environment variable, or {@link #NONE} if it is not set.
     *
     * @throws InvalidInputException if its value is not a valid key
     */
    public static ApiKey ofEnvironment(Map<String, String> environment, String variable) {
        return of(environment.getOrDefault(variable, ""), "environment variable " + variable);
    }

    /**
     * The key in a file, without surrounding white space.
     *
     * @throws InvalidInputException if the file cannot be read or contains no key
     */
    public static ApiKey ofFile(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "the key cannot be read from this file: "
                            + (Files.isDirectory(file) ? "it is a folder" : Reason.of(e)));
        }
        ApiKey key = of(text, file.toString());
        if (!key.isPresent()) {
            throw new InvalidInputException(
                    file.toString(), "contains no key; it must contain the provider's key and nothing else");
        }
        return key;
    }

    private static ApiKey of(String text, String place) {
        String secret = text.strip();
        if (!secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidInputException(
                    place,
                    "is not a key: it has blanks, line breaks or special characters; it must be the key and nothing else");
        }
        return new ApiKey(secret);
    }

    /** Whether there is a key. */
    public boolean isPresent() {
        return !secret.isEmpty();
    }

    /** The key, for the header in which it is sent. */
    String secret() {
        return secret;
    }

    /** A text without the key, in case a provider or proxy repeated it. */
    String hideIn(String text) {
        return secret.length() < MIN_SECRET_LENGTH ? text : text.replace(secret, HIDDEN);
    }

    @Override
    public String toString() {
        return isPresent() ? HIDDEN : "[no key]";
    }
}
