// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.SampleVectors;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.ModelSettings;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextSubjects;
import org.sllmr.teacher.text.TextTable;
import org.sllmr.teacher.vector.Embeddings;

/**
 * Texts that a language model wrote about items, users or training samples, to be read as vectors.
 *
 * @param texts the texts
 * @param fileHash SHA-256 of their file
 */
record WrittenKnowledge(TextTable texts, String fileHash) {
    /**
     * Reads texts of a dataset.
     *
     * @param name the name of the vectors, which is that of their kind
     * @throws InvalidInputException if the file is missing, damaged, of another kind or dataset, or vectors of the dataset
     *     have that name
     */
    static WrittenKnowledge read(String name, Path file, TrainingData data) {
        TextKind kind = TextKind.named(name).orElseThrow();
        List<VectorColumn> columns = kind == TextKind.ITEM_KNOWLEDGE
                ? data.catalogue().vectors()
                : data.numeric().userVectors();
        if (kind != TextKind.CHAIN_OF_THOUGHT
                && columns.stream().anyMatch(column -> column.name().equals(name))) {
            throw new InvalidInputException(
                    "model.augmentation",
                    "makes vectors '" + name + "' of texts, and the dataset has vectors of that name; name that column"
                            + " differently and prepare the dataset again");
        }
        if (!Files.exists(file)) {
            throw new InvalidInputException(
                    file.toString(),
                    "does not exist; check model.augmentation, or ask for the texts with 'sllmr score texts'");
        }
        try {
            return new WrittenKnowledge(TextTable.read(file, kind, data), Sha256.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of texts that a model reads, as they are now; a missing one has the hash "missing". */
    static List<TextSource> sources(ModelSettings model) {
        return model.augmentation().textFiles().entrySet().stream()
                .map(texts -> new TextSource(
                        texts.getKey(),
                        texts.getValue().toAbsolutePath().getFileName().toString(),
                        hash(texts.getValue())))
                .toList();
    }

    private static String hash(Path file) {
        try {
            return Files.exists(file) ? Sha256.of(file) : "missing";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same data with vectors of these texts; zeros where there is no text. */
    TrainingData addTo(TrainingData data, Optional<Path> cache, ProgressListener listener) {
        return ModelInputs.encoded(texts.texts(), cache, listener, (vectors, encoder) -> switch (texts.kind()) {
            case ITEM_KNOWLEDGE -> data.with(column(data, vectors, encoder));
            case USER_KNOWLEDGE -> data.withUserVectors(column(data, vectors, encoder));
            case CHAIN_OF_THOUGHT -> data.with(ofSamples(vectors, encoder));
        });
    }

    private SampleVectors ofSamples(Embeddings vectors, String encoder) {
        TextSubjects subjects = texts.subjects();
        return new SampleVectors(
                texts.kind().toString(),
                new Instances(subjects.users(), subjects.items(), subjects.positions()),
                subjects.labels(),
                vectors.dimension(),
                vectors.values(),
                origin(encoder));
    }

    private String origin(String encoder) {
        return texts.provenance().teacher() + " " + texts.provenance().model() + " (" + texts.size()
                + " texts, SHA-256 " + fileHash + ", encoder " + encoder + ")";
    }

    private VectorColumn column(TrainingData data, Embeddings vectors, String encoder) {
        boolean ofItems = texts.kind() == TextKind.ITEM_KNOWLEDGE;
        int width = vectors.dimension();
        int rows = ofItems ? data.catalogue().size() : data.log().users();
        float[] values = new float[rows * width];
        int[] positions = new int[ofItems ? 0 : rows];
        for (int text = 0; text < texts.size(); text++) {
            int row =
                    ofItems ? texts.subjects().items()[text] : texts.subjects().users()[text];
            System.arraycopy(vectors.values(), text * width, values, row * width, width);
            if (!ofItems) {
                positions[row] = texts.subjects().positions()[text];
            }
        }
        return new VectorColumn(texts.kind().toString(), width, values, origin(encoder), positions);
    }
}
