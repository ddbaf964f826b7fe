// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;

/**
 * A text file that ends with its own {@link Checksum} and stays valid in its format: the checksum is the last property
 * of a JSON object or the last comment of a YAML file.
 */
public enum SealedText {
    /** A JSON object that is not empty. */
    JSON {
        @Override
        String seal(Checksum checksum) {
            return ",\n  \"checksum\" : \"" + checksum.text() + "\"\n" + end();
        }

        @Override
        String end() {
            return "}\n";
        }
    },
    /** YAML. */
    YAML {
        @Override
        String seal(Checksum checksum) {
            return "# checksum " + checksum.text() + "\n";
        }

        @Override
        String end() {
            return "";
        }
    };

    /** The characters after the text that the checksum covers. */
    abstract String seal(Checksum checksum);

    /** The end of the text that is moved behind the checksum. */
    abstract String end();

    /** The text with its checksum. */
    public String seal(String text) {
        String whole = text.endsWith("\n") ? text : text + "\n";
        if (!whole.endsWith(end())) {
            throw new IllegalArgumentException("is not a text of the form " + name());
        }
        String body = whole.substring(0, whole.length() - end().length());
        if (this == JSON) {
            body = body.stripTrailing();
        }
        return body + seal(new Checksum().add(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text without its checksum, if the checksum is right. */
    public Optional<String> open(byte[] sealed) {
        int length = sealed.length - seal(new Checksum()).length();
        if (length <= 0) {
            return Optional.empty();
        }
        byte[] seal = seal(new Checksum().add(sealed, 0, length)).getBytes(StandardCharsets.US_ASCII);
        if (!ByteBuffer.wrap(seal).equals(ByteBuffer.wrap(sealed, length, seal.length))) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sealed, 0, length))
                    + (this == JSON ? "\n" : "")
                    + end());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Writes a text with its checksum, whole or not at all. */
    public void write(Path file, String text) throws IOException {
        WholeFile.write(file, seal(text));
    }

    /**
     * Reads a text and checks it.
     *
     * @param remedy what to do if it is damaged, as the end of a sentence
     * @return the text without its checksum
     * @throws InvalidInputException if the checksum is missing or wrong
     */
    public String read(Path file, String remedy) throws IOException {
        return open(InputFile.bytes(file))
                .orElseThrow(() -> new InvalidInputException(
                        file.toString(),
                        "has no valid checksum: it is damaged, was changed by hand, or was written by an earlier"
                                + " version; " + remedy));
    }
}
