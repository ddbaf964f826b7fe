// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Folders;
import org.sllmr.model.TrainingState;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.file.Safetensors;
import org.sllmr.training.Checkpoint;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.Snapshot;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A checkpoint in the safetensors format, about four times the size of the model.
 *
 * <p>A file with another identity belongs to another training. It is refused: what it cost would be lost.
 *
 * @param file where it is
 * @param identity identifies everything that decides the training except its last epoch, such as a hash of settings and
 *     data
 */
public record CheckpointFile(Path file, String identity) implements Checkpoint {
    private static final String FORMAT = "sllmr.checkpoint";
    private static final String VERSION = "4";
    /** They differ in epochs: version 2 has fewer metrics, and neither says where a teacher was used. */
    private static final List<String> EARLIER_VERSIONS = List.of("2", "3");
    /** Metrics of an earlier version lack numbers. */
    private static final JsonMapper READER = JsonMapper.shared()
            .rebuild()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final String IDENTITY = "identity";
    private static final String STEPS = "steps";
    private static final String LEARNING_RATE = "learningRate";
    private static final String GUIDANCE = "guidance";
    private static final String EPOCHS = "epochs";
    private static final String STATE = "state.";
    private static final String BEST = "best.";

    @Override
    public Optional<Snapshot> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Safetensors content = Safetensors.read(file, "delete it to train from the start");
        Map<String, String> header = content.metadata();
        String version = header.get(FORMAT);
        if (version == null || !(VERSION.equals(version) || EARLIER_VERSIONS.contains(version))) {
            throw new InvalidInputException(
                    file.toString(),
                    (version == null ? "is not a checkpoint" : "is a checkpoint of format version " + version)
                            + ", this program reads versions " + EARLIER_VERSIONS.get(0) + " to " + VERSION
                            + "; delete it to train from the start");
        }
        if (!identity.equals(header.get(IDENTITY))) {
            throw new InvalidInputException(
                    file.toString(),
                    "is the checkpoint of a stopped training of other settings, data or teacher's scores; start that"
                            + " training again, give another --out, or delete it to train from the start");
        }
        try {
            TrainingState state = new TrainingState(
                    blocks(content, STATE),
                    Integer.parseInt(header.getOrDefault(STEPS, "")),
                    Double.parseDouble(header.getOrDefault(LEARNING_RATE, "")));
            return Optional.of(new Snapshot(
                    state,
                    blocks(content, BEST),
                    READER.readValue(header.getOrDefault(GUIDANCE, ""), double[].class),
                    READER.readValue(header.getOrDefault(EPOCHS, ""), new TypeReference<List<EpochRecord>>() {})));
        } catch (JacksonException | NumberFormatException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "is a damaged checkpoint: " + e.getMessage() + "; delete it to train from the start");
        }
    }

    @Override
    public void save(Snapshot snapshot) throws IOException {
        JsonMapper json = JsonMapper.shared();
        Map<String, String> header = new LinkedHashMap<>();
        header.put(FORMAT, VERSION);
        header.put(IDENTITY, identity);
        header.put(STEPS, Integer.toString(snapshot.model().steps()));
        header.put(LEARNING_RATE, Double.toString(snapshot.model().learningRate()));
        header.put(GUIDANCE, json.writeValueAsString(snapshot.guidance()));
        header.put(EPOCHS, json.writeValueAsString(snapshot.epochs()));
        List<NamedTensor> tensors = new ArrayList<>();
        add(STATE, snapshot.model().blocks(), tensors);
        add(BEST, snapshot.bestWeights(), tensors);
        new Safetensors(header, tensors).write(file);
    }

    @Override
    public CheckpointFile reference() {
        return new CheckpointFile(file.resolveSibling(file.getFileName() + ".reference"), identity);
    }

    /** Removes the file and that of the reference training, if they exist. */
    public void delete() {
        Folders.delete(file);
        Folders.delete(reference().file);
    }

    private static void add(String prefix, List<float[]> blocks, List<NamedTensor> tensors) {
        for (int index = 0; index < blocks.size(); index++) {
            float[] block = blocks.get(index);
            tensors.add(new NamedTensor(prefix + index, new int[] {block.length}, block));
        }
    }

    private static List<float[]> blocks(Safetensors content, String prefix) {
        List<float[]> blocks = new ArrayList<>();
        for (NamedTensor tensor : content.tensors()) {
            if (tensor.name().equals(prefix + blocks.size())) {
                blocks.add(tensor.values());
            }
        }
        return blocks;
    }
}
