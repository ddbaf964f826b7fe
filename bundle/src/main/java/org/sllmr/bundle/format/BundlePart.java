// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;

/** Files for other engines that lie in a bundle. Opening it needs none of them, but refuses one that has been changed. */
public interface BundlePart {
    /** Names of the files. */
    List<String> names();

    /**
     * Writes the files.
     *
     * @param folder the bundle's
     * @param data what the bundle keeps of the data, with the users' ids as it keeps them
     * @param model the bundle's model
     * @param salt what the users' ids are hashed with; empty where they are kept as they are
     */
    void write(Path folder, TrainingData data, Model model, Optional<String> salt) throws IOException;
}
