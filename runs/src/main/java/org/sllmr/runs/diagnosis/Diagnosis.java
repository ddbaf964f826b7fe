// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * Where guidance improved a run and where it made it worse.
 *
 * @param dataset name of the dataset
 * @param split {@code validation} or {@code test}
 * @param run the guided run's folder
 * @param without folder of the run that it is compared with; empty if there is none
 * @param teacher name of the teacher
 * @param samples number of samples of the split
 * @param scored how many of them are in groups that the teacher scored completely
 * @param parts AUC of teacher and runs by part; all samples first
 * @param agreement how the run orders pairs, by part; all samples first; empty without another run
 * @param gate what guidance and its gate did
 * @param notes what to know when reading this diagnosis
 */
public record Diagnosis(
        String dataset,
        String split,
        String run,
        Optional<String> without,
        String teacher,
        int samples,
        int scored,
        List<PartDiagnosis> parts,
        List<Agreement> agreement,
        GuidanceHistory gate,
        List<String> notes) {
    /** Copies the lists. */
    public Diagnosis {
        parts = List.copyOf(parts);
        agreement = List.copyOf(agreement);
        notes = List.copyOf(notes);
    }
}
