// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Slices;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;

/**
 * Data for benchmarks.
 *
 * @param data the samples
 * @param teacher scores for runs with guidance
 * @param scores description of the scores
 * @param slices for validation
 */
public record Workload(TrainingData data, TeacherTable teacher, String scores, Slices slices) {
    private static final Seed SEED = new Seed(1);

    /**
     * Reads a dataset folder.
     *
     * @param teacher the scores; random ones if there are none
     * @throws org.sllmr.configuration.InvalidInputException if the folder or the scores cannot be used
     */
    public static Workload read(Path dataset, Optional<Path> teacher) throws IOException {
        TrainingData data = Dataset.open(dataset).trainingData();
        if (teacher.isPresent()) {
            TeacherTableFile file = TeacherTableFile.read(teacher.get(), data);
            return of(data, file.table(), "scores of " + file.provenance().teacher());
        }
        return random(data);
    }

    /** The data with random scores. */
    public static Workload random(TrainingData data) {
        return of(data, RandomTeacher.of(data, SEED.child("teacher")), "random scores");
    }

    private static Workload of(TrainingData data, TeacherTable teacher, String origin) {
        String size = "%s, %.0f a user".formatted(origin, teacher.size() / (double) teacher.users());
        return new Workload(data, teacher, size, Slices.of(data));
    }

    /** Steps of an epoch. */
    public int stepsOfEpoch(int batch) {
        return (data.training().size() + batch - 1) / batch;
    }
}
