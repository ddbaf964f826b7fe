// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Labels;
import org.sllmr.data.SourceFile;

/**
 * What a dataset is and what it was made from; {@code manifest.json} of its folder.
 *
 * <p>It holds no time and no absolute path, so the same input, settings, seed and build give the same bytes.
 *
 * @param format always {@value #FORMAT}
 * @param formatVersion version of the folder's layout
 * @param name name of the dataset in results
 * @param contentHash SHA-256 over names, sizes and hashes of all column files, hexadecimal; identifies the data
 * @param createdBy the program that wrote it, with version and commit where it is known
 * @param seed root of the random numbers from which the negatives were drawn
 * @param negatives negatives of each positive with leave-one-out, 0 otherwise
 * @param counts counts
 * @param parts how samples are stored row by row; null with leave-one-out, whose samples follow from the interactions
 * @param userFields names of the users' fields, in order
 * @param itemFields names of the items' fields, in order
 * @param itemTexts names of the items' texts, in order
 * @param contextFields names of the interactions' fields, in order
 * @param userNumbers names of the users' numeric fields, in order
 * @param itemNumbers names of the items' numeric fields, in order
 * @param contextNumbers names of the interactions' numeric fields, in order
 * @param userVectors the users' vectors, in order
 * @param itemVectors the items' vectors, in order
 * @param sources the files it was made from
 * @param settings the settings it was made with
 * @param files the column files
 */
public record Manifest(
        String format,
        int formatVersion,
        String name,
        String contentHash,
        String createdBy,
        long seed,
        int negatives,
        Counts counts,
        @Nullable Parts parts,
        List<String> userFields,
        List<String> itemFields,
        List<String> itemTexts,
        List<String> contextFields,
        List<String> userNumbers,
        List<String> itemNumbers,
        List<String> contextNumbers,
        List<Vectors> userVectors,
        List<Vectors> itemVectors,
        List<SourceFile> sources,
        Map<String, Object> settings,
        List<StoredFile> files) {
    /** Identifies the manifest of a dataset. */
    public static final String FORMAT = "sllmr-dataset";

    /** The layout that this version writes. */
    public static final int FORMAT_VERSION = 3;

    /** The oldest layout that this version reads. */
    static final int OLDEST_VERSION = 2;

    /** Copies the lists but not the settings. */
    public Manifest {
        userFields = List.copyOf(userFields);
        itemFields = List.copyOf(itemFields);
        itemTexts = List.copyOf(itemTexts);
        contextFields = List.copyOf(contextFields);
        userNumbers = List.copyOf(userNumbers);
        itemNumbers = List.copyOf(itemNumbers);
        contextNumbers = List.copyOf(contextNumbers);
        userVectors = List.copyOf(userVectors);
        itemVectors = List.copyOf(itemVectors);
        sources = List.copyOf(sources);
        files = List.copyOf(files);
    }

    /**
     * Vectors of users or items.
     *
     * @param name field name
     * @param width floats of a vector
     */
    public record Vectors(String name, int width) {}

    /**
     * Counts of a dataset.
     *
     * @param users number of users
     * @param items number of items
     * @param interactions number of interactions, validation and test included
     * @param itemsWithoutText number of items whose texts are all empty
     * @param earliest first time in seconds since 1970, or the smallest long where no interaction has a time
     * @param latest last time in seconds since 1970, or the smallest long where no interaction has a time
     */
    public record Counts(int users, int items, int interactions, int itemsWithoutText, long earliest, long latest) {}

    /**
     * How samples are stored row by row.
     *
     * @param by what decided on the parts
     * @param labelled whether training rows have labels of their own; otherwise each positive is followed by {@code
     *     negatives} negatives. Those of other parts have them too, and always with {@link StoredParts#FOLDS}
     * @param lists whether it is stored which training rows belong to an impression
     * @param contexts whether rows have contexts
     * @param negatives negatives that follow each positive, 0 where rows have labels
     */
    public record Parts(String by, boolean labelled, boolean lists, boolean contexts, int negatives) {
        /** How the rows of the parts other than training are stored. */
        Parts judged() {
            return by.equals(StoredParts.FOLDS) ? new Parts(by, true, true, contexts, 0) : this;
        }

        static Parts of(StoredParts parts) {
            return new Parts(
                    parts.kind(),
                    parts.labelled(),
                    parts.training().labels() instanceof Labels.Given given && given.lists().length > 0,
                    parts.contexts().length > 0,
                    parts.training().groupSize() - 1);
        }
    }

    /**
     * A column file of the folder.
     *
     * @param name file name
     * @param size bytes
     * @param sha256 hash of its bytes, hexadecimal; part of the content hash
     * @param checksum checksum of its bytes, as {@link org.sllmr.data.file.Checksum#text}; checked whenever it is read
     */
    public record StoredFile(String name, long size, String sha256, String checksum) {}
}
