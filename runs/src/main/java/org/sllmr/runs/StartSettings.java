// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * What a training starts from, if not from nothing.
 *
 * @param from the run to go on from
 * @param rows which training rows it then uses
 * @param refit the judged run whose epochs and learning rates are used again, on everything
 */
public record StartSettings(Optional<Path> from, Rows rows, Optional<Path> refit) {
    /** Which training rows a run uses that goes on from another one. */
    public enum Rows {
        /** Those that the other run was not trained on. */
        NEW,
        /** All of them, so that the known ones are trained on again. */
        ALL
    }

    /** Nothing to check. */
    public StartSettings {
        new Checks().done();
    }

    /** A training of its own. */
    public static StartSettings defaults() {
        return new StartSettings(Optional.empty(), Rows.NEW, Optional.empty());
    }

    /** Whether the training is one of its own. */
    public boolean none() {
        return from.isEmpty() && refit.isEmpty();
    }

    /** The same for any run to go on from. */
    public StartSettings fromAnywhere() {
        return new StartSettings(from.map(run -> Path.of("")), rows, refit);
    }

    /** The same wherever the runs are. */
    StartSettings anywhere() {
        return new StartSettings(Optional.empty(), rows, Optional.empty());
    }
}
