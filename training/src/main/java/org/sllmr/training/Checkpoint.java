// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.io.IOException;
import java.util.Optional;

/** Stores a training's last snapshot, so that it can resume after a stop, or continue for more epochs. */
public interface Checkpoint {
    /** The snapshot of this training, if one was saved. */
    Optional<Snapshot> load() throws IOException;

    /** Replaces the snapshot atomically. */
    void save(Snapshot snapshot) throws IOException;

    /** The checkpoint of the reference training (the backbone alone), which some guidance needs. */
    Checkpoint reference();
}
