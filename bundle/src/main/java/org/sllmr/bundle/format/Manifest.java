// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.List;
import java.util.Optional;
import org.sllmr.teacher.blend.BlendFormula;
import org.sllmr.teacher.vector.CosineScale;

/**
 * What a bundle is, and which columns it has.
 *
 * @param formatVersion version of the format
 * @param name name of the model
 * @param createdBy the program that wrote it
 * @param run the run that it is of
 * @param items number of items
 * @param users number of users
 * @param histories what is kept of users
 * @param salt what users' ids are hashed with; empty where they are kept as they are
 * @param columns the columns
 * @param blend how scores are blended, if they are; since version 2, and since version 3 with what popularity new items
 *     count with
 */
public record Manifest(
        int formatVersion,
        String name,
        CreatedBy createdBy,
        RunOrigin run,
        int items,
        int users,
        HistoryForm histories,
        String salt,
        Columns columns,
        Optional<Blend> blend) {
    /** The version that this program writes. */
    public static final int VERSION = 4;

    /** The oldest version that it reads. */
    static final int OLDEST = 1;

    /**
     * A program.
     *
     * @param program its name
     * @param version its version
     * @param commit the commit of its source, where known
     */
    public record CreatedBy(String program, String version, Optional<String> commit) {}

    /**
     * A run.
     *
     * @param configurationHash hash of its configuration
     * @param seed its seed
     * @param dataName name of its dataset
     * @param dataHash hash of its dataset
     * @param backbone the backbone's title
     * @param guidance name of the guidance
     * @param trained when training ended
     */
    public record RunOrigin(
            String configurationHash,
            long seed,
            String dataName,
            String dataHash,
            String backbone,
            String guidance,
            String trained) {}

    /** A column of vectors. */
    public record Vectors(String name, int width, String origin) {}

    /** A column of pairs. */
    public record Pairs(String name, String origin) {}

    /** The columns, in the dataset's order; neighbours of items since version 4. */
    public record Columns(
            List<String> itemFields,
            List<String> itemTexts,
            List<String> itemNumbers,
            List<Vectors> itemVectors,
            List<String> userFields,
            List<String> userNumbers,
            List<Vectors> userVectors,
            List<String> contextFields,
            List<String> contextNumbers,
            List<Pairs> pairs,
            List<String> itemNeighbours) {}

    /**
     * What the model's scores are blended with.
     *
     * @param teacher name of the teacher
     * @param formula how
     * @param texts what the embedding teacher compares; empty for a teacher whose scores are looked up, and for none
     */
    public record Blend(String teacher, BlendFormula formula, Optional<Texts> texts) {}

    /**
     * The settings of the embedding teacher.
     *
     * @param vectors those of the items' texts
     * @param historyLength number of last interactions that it reads
     * @param nearest number of the largest cosines with them that are averaged
     * @param scale maps that mean to a score
     */
    public record Texts(Vectors vectors, int historyLength, int nearest, CosineScale scale) {}
}
