// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Slices;
import org.sllmr.teacher.TeacherTable;

/**
 * The inputs that runs on one dataset share, read once.
 *
 * @param dataset the dataset
 * @param teacher the teacher's scores, if there are any
 * @param teacherSource where they come from; empty for scores that were not read from a file
 * @param slices cold users and long-tail items
 * @param start what training starts from
 */
public record RunInputs(
        Dataset dataset,
        Optional<TeacherTable> teacher,
        Optional<TeacherSource> teacherSource,
        Slices slices,
        RunStart start) {
    /**
     * Reads the dataset, and the teacher's scores if guidance or model need them.
     *
     * @throws InvalidInputException if one of them is not set, missing or damaged, or they do not belong together
     */
    public static RunInputs of(RunSettings settings) throws IOException {
        boolean taught = settings.needTeacher();
        List<Problem> problems = new ArrayList<>();
        if (settings.data().isEmpty()) {
            problems.add(new Problem(
                    "data",
                    "is not set; name the dataset folder with --data FOLDER, or make one with 'sllmr data"
                            + " prepare'"));
        }
        if (taught && settings.teacher().isEmpty()) {
            problems.add(new Problem(
                    "teacher",
                    "is not set, and this guidance or model needs the teacher's scores; name their file with --teacher FILE,"
                            + " or make"
                            + " them with 'sllmr score run'"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        RunStart start = RunStart.of(settings);
        Dataset dataset = Dataset.open(settings.data().orElseThrow());
        RunInputs alone = of(dataset, Optional.empty()).with(start);
        return taught ? alone.with(RunTeacher.read(settings.teacher().orElseThrow(), dataset.trainingData())) : alone;
    }

    /** Inputs that are in memory already. */
    public static RunInputs of(Dataset dataset, Optional<TeacherTable> teacher) {
        TrainingData data = dataset.trainingData();
        return new RunInputs(dataset, teacher, Optional.empty(), Slices.of(data), RunStart.NONE);
    }

    /** The hash that identifies the teacher's scores: of their file, or of the scores themselves if there is none. */
    public Optional<String> teacherHash() {
        return teacherSource.map(TeacherSource::fileHash).or(() -> teacher.map(Fingerprint::hash));
    }

    /** These inputs with a teacher's scores that were read from a file. */
    public RunInputs with(RunTeacher scores) {
        return new RunInputs(dataset, Optional.of(scores.table()), Optional.of(scores.source()), slices, start);
    }

    private RunInputs with(RunStart other) {
        return new RunInputs(dataset, teacher, teacherSource, slices, other);
    }
}
