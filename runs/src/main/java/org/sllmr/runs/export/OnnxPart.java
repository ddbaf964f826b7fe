// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.bundle.format.BundlePart;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.onnx.OnnxFile;
import org.sllmr.onnx.OnnxSource;

/**
 * The model of a bundle for other engines.
 *
 * @param origin the run, by name
 */
record OnnxPart(Map<String, String> origin) implements BundlePart {
    @Override
    public List<String> names() {
        return List.of(OnnxFile.MODEL, OnnxFile.DESCRIPTION);
    }

    @Override
    public void write(Path folder, TrainingData data, Model model, Optional<String> salt) throws IOException {
        OnnxFile.write(
                folder,
                new OnnxSource(
                        model,
                        data.userIds().values(),
                        salt,
                        data.catalogue().ids().values(),
                        origin));
    }
}
