// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.schema.FeatureSchema;

/**
 * A model's weights on disk, with the schema that they fit.
 *
 * <p>Tensors are named {@code embeddings.TABLE} ({@code [rows, dimension]}; the last row stands for unknown values),
 * {@code first_order.TABLE} ({@code [rows, 1]}), and the network's parameters and running statistics by their own names.
 */
public final class ModelFile {
    private static final String FORMAT = "sllmr.format";
    private static final String VERSION = "2";
    private static final String SCHEMA = "sllmr.schema";
    private static final String BACKBONE = "sllmr.backbone";
    /** What was fitted to the training data, by field; only where something was. */
    private static final String FITTED = "sllmr.fitted";

    private static final String REMEDY = "train again, or copy the file again";

    private ModelFile() {}

    /**
     * Writes a model; the file is whole or not there.
     *
     * @param metadata anything to keep with it, such as provenance; keys that start with {@code sllmr.} are taken
     */
    public static void write(Path file, Model model, Map<String, String> metadata) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(FORMAT, VERSION);
        all.put(SCHEMA, model.schema().fingerprint());
        all.put(BACKBONE, Backbones.nameOf(model.settings().backbone()));
        if (!model.schema().fitted().isEmpty()) {
            all.put(FITTED, fitted(model.schema()));
        }
        new Safetensors(all, model.tensors()).write(file);
    }

    /**
     * Reads weights into a model that was created with the same data and settings.
     *
     * @return the file's metadata
     * @throws InvalidInputException if the file is broken, or belongs to other data or other settings
     */
    public static Map<String, String> read(Path file, Model model) throws IOException {
        return restore(file, Safetensors.read(file, REMEDY), model);
    }

    /**
     * Reads the weights of a folder's model, which must be the file that the folder's list names: another model of the
     * same data and settings is intact too, but belongs to another run.
     *
     * @param listed the list of the folder's files
     * @return the file's metadata
     * @throws InvalidInputException if the file is broken, not the listed one, or belongs to other data or other settings
     */
    public static Map<String, String> read(Path file, Model model, FolderChecksums listed) throws IOException {
        Sha256 hash = new Sha256();
        Safetensors content = Safetensors.read(file, REMEDY, hash);
        listed.require(String.valueOf(file.getFileName()), hash);
        return restore(file, content, model);
    }

    private static Map<String, String> restore(Path file, Safetensors content, Model model) {
        List<Problem> problems = new ArrayList<>();
        check(file, content, FORMAT, VERSION, "format", problems);
        check(
                file,
                content,
                SCHEMA,
                model.schema().fingerprint(),
                "schema (fields, history, vocabularies, and what was fitted to the training data)",
                problems);
        check(file, content, BACKBONE, Backbones.nameOf(model.settings().backbone()), "backbone", problems);
        if (problems.isEmpty()) {
            List<NamedTensor> expected = model.tensors();
            Map<String, NamedTensor> found = content.tensors().stream()
                    .collect(Collectors.toMap(NamedTensor::name, tensor -> tensor, (one, other) -> one));
            for (NamedTensor tensor : expected) {
                NamedTensor other = found.remove(tensor.name());
                if (other == null) {
                    problems.add(new Problem(file.toString(), "has no tensor '" + tensor.name() + "'"));
                } else if (!Arrays.equals(other.shape(), tensor.shape())) {
                    problems.add(new Problem(
                            file.toString(),
                            "tensor '" + tensor.name() + "' has shape " + Arrays.toString(other.shape())
                                    + ", the settings make it " + Arrays.toString(tensor.shape())));
                }
            }
            found.keySet().stream()
                    .sorted()
                    .forEach(name -> problems.add(
                            new Problem(file.toString(), "tensor '" + name + "' has no place in these settings")));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        model.restoreTensors(content.tensors());
        return content.metadata();
    }

    private static String fitted(FeatureSchema schema) {
        return new TreeMap<>(schema.fitted())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining("\n"));
    }

    private static void check(
            Path file, Safetensors content, String key, String expected, String what, List<Problem> problems) {
        String found = content.metadata().getOrDefault(key, "none");
        if (!found.equals(expected)) {
            problems.add(new Problem(
                    file.toString(),
                    "was written for another " + what + ": found " + found + ", needed is " + expected
                            + "; use the data and settings that it was trained with"));
        }
    }
}
