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
 */
public record PartFiles(Optional<Path> history, Optional<Path> validation, Optional<Path> test) {
    /** Checks that there are both parts or neither. */
    public PartFiles {
        new Checks()
                .require(
                        validation.isPresent() == test.isPresent(),
                        validation.isPresent() ? "test" : "validation",
                        "is missing; training, validation and test are files of their own, or none is")
                .done();
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
