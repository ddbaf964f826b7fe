// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.io.IOException;
import java.util.Optional;

/** Where a training keeps its last snapshot, so that it can go on after it was stopped, or for more epochs. */
public interface Checkpoint {
    /** The snapshot of this very training, if one was saved. */
    Optional<Snapshot> load() throws IOException;

    /** Replaces the snapshot: the new one is there whole, or the old one stays. */
    void save(Snapshot snapshot) throws IOException;

    /** Where the training of the backbone alone, which some guidance asks for, keeps its own snapshot. */
    Checkpoint reference();
}
