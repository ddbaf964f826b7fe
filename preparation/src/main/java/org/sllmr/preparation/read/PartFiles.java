// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * Further files of interactions, with the columns and the form of the main one.
 *
 * @param history positives that are in histories only, such as earlier clicks without the impressions
 * @param validation the rows of the validation part; the main file is then the training part
 * @param test the rows of the test part
 * @param candidates the users' candidates, in the columns of user and item; those that the test part has too are the
 *     positives. Of a split by folds
 */
public record PartFiles(
        Optional<Path> history, Optional<Path> validation, Optional<Path> test, Optional<Path> candidates) {
    /** Checks that there are both parts or neither, and with candidates a test part. */
    public PartFiles {
        new Checks()
                .require(
                        validation.isPresent() == test.isPresent() || candidates.isPresent(),
                        validation.isPresent() ? "test" : "validation",
                        "is missing; training, validation and test are files of their own, or none is")
                .require(
                        candidates.isEmpty() || test.isPresent(),
                        "test",
                        "is missing; it says which of the candidates the users took")
                .done();
    }

    /** Files without candidates. */
    public PartFiles(Optional<Path> history, Optional<Path> validation, Optional<Path> test) {
        this(history, validation, test, Optional.empty());
    }

    /** No further files. */
    public static PartFiles none() {
        return new PartFiles(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** No further files. */
    public static PartFiles defaults() {
        return none();
    }

    boolean split() {
        return test.isPresent();
    }
}
