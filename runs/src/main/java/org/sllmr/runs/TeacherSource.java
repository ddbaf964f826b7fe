// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.TeacherTableFile;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the teacher's scores of a run come from.
 *
 * @param file name of their file, without folders
 * @param fileHash SHA-256 of the file
 * @param teacher name of the teacher, such as the provider of a language model
 * @param model what identifies its language model
 * @param provenanceHash SHA-256 of the file's provenance: the teacher's settings, the dataset, and the numbers planned
 *     and scored
 */
public record TeacherSource(String file, String fileHash, String teacher, String model, String provenanceHash) {
    /** The teacher and its file in one line. */
    public String described() {
        return teacher + ", " + file + ", SHA-256 " + fileHash;
    }

    /**
     * Describes scores that were read from a file.
     *
     * @throws IOException if the file cannot be read again
     */
    public static TeacherSource of(Path file, TeacherTableFile scores) throws IOException {
        return new TeacherSource(
                file.toAbsolutePath().getFileName().toString(),
                Sha256.of(file),
                scores.provenance().teacher(),
                scores.provenance().model(),
                Sha256.of(JsonMapper.shared().writeValueAsString(scores.provenance())));
    }
}
