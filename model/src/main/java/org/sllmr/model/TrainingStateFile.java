// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.file.Safetensors;

/**
 * The state of a complete training on disk, from which a later one goes on: the kept weights, and the optimizer's moments
 * after the last epoch.
 */
public final class TrainingStateFile {
    private static final String FORMAT = "sllmr.training-state";
    private static final String VERSION = "1";
    private static final String STEPS = "steps";
    private static final String LEARNING_RATE = "learningRate";
    private static final String BLOCK = "state.";

    private TrainingStateFile() {}

    /** Writes a state; the file is whole or not there. */
    public static void write(Path file, TrainingState state) throws IOException {
        Map<String, String> header = new TreeMap<>(Map.of(
                FORMAT,
                VERSION,
                STEPS,
                Integer.toString(state.steps()),
                LEARNING_RATE,
                Double.toString(state.learningRate())));
        List<NamedTensor> tensors = new ArrayList<>();
        for (float[] block : state.blocks()) {
            tensors.add(new NamedTensor(BLOCK + tensors.size(), new int[] {block.length}, block));
        }
        new Safetensors(header, tensors).write(file);
    }

    /**
     * Reads the state of a folder, which must be the file that the folder's list names.
     *
     * @param remedy what to do if it cannot be read, the end of a sentence
     * @throws InvalidInputException if the file is damaged or not the listed one
     */
    public static TrainingState read(Path file, FolderChecksums listed, String remedy) throws IOException {
        Sha256 hash = new Sha256();
        Safetensors content = Safetensors.read(file, remedy, hash);
        listed.require(String.valueOf(file.getFileName()), hash);
        Map<String, String> header = content.metadata();
        if (!VERSION.equals(header.get(FORMAT))) {
            throw new InvalidInputException(
                    file.toString(),
                    "has version " + header.getOrDefault(FORMAT, "none") + " of its format, this program reads version "
                            + VERSION + "; " + remedy);
        }
        List<float[]> blocks = new ArrayList<>();
        for (NamedTensor tensor : content.tensors()) {
            if (!tensor.name().equals(BLOCK + blocks.size())) {
                throw new InvalidInputException(
                        file.toString(), "has a tensor '" + tensor.name() + "' that does not belong there; " + remedy);
            }
            blocks.add(tensor.values());
        }
        try {
            return new TrainingState(
                    blocks,
                    Integer.parseInt(header.getOrDefault(STEPS, "")),
                    Double.parseDouble(header.getOrDefault(LEARNING_RATE, "")));
        } catch (NumberFormatException e) {
            throw new InvalidInputException(file.toString(), "has no valid number of steps; " + remedy);
        }
    }
}
