// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * Where a teacher helped a run and where it hurt.
 *
 * @param dataset name of the dataset
 * @param split {@code validation} or {@code test}
 * @param run the guided run's folder
 * @param without folder of the run that it is compared with; empty if there is none
 * @param teacher name of the teacher
 * @param samples rows of the split
 * @param scored how many of them are of groups that the teacher scored whole
 * @param parts who ranks which part how well; all samples first
 * @param agreement what the run made of pairs by who is right without guidance; all samples first; empty without another
 *     run
 * @param gate what the gate did
 * @param notes what a reader must know of this diagnosis before using it
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
        GateCourse gate,
        List<String> notes) {
    /** Copies the lists. */
    public Diagnosis {
        parts = List.copyOf(parts);
        agreement = List.copyOf(agreement);
        notes = List.copyOf(notes);
    }
}
