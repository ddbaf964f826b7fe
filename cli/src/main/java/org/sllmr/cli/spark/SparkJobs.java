// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sllmr.bundle.RequestRules;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.Manifest;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.runs.Division;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSources;
import org.sllmr.teacher.plan.PlanUsers;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.training.TrainingListener;

/**
 * What runs on Spark. The module of Spark implements it; it comes after this one, so that no command but those of Spark
 * needs it.
 */
public interface SparkJobs {
    /**
     * Recommendations for many users, into Parquet.
     *
     * @param bundle the bundle: a path, or an address in a file system of the cluster
     * @param users a text file with an id a line or, if it ends with {@code .parquet}, a table; all users of the bundle if
     *     empty
     * @param userColumn the table's column of ids
     * @param historyColumn the table's column of histories, if it has any
     * @param rules number of recommendations of each, and what holds for them
     * @param out the folder for the result, where nothing exists yet
     */
    record Recommending(
            String bundle,
            Optional<String> users,
            String userColumn,
            Optional<String> historyColumn,
            RequestRules rules,
            String out) {}

    /**
     * Recommends.
     *
     * @return number of users
     * @throws InvalidInputException if the job is wrong, or a task finds something wrong
     */
    long recommend(Recommending job, ProgressListener listener) throws IOException;

    /**
     * Ranks the users of a run, and writes the files that {@code sllmr evaluate --full-ranking} writes, with the same bytes
     * but for where and when.
     *
     * @throws InvalidInputException if the run is not of the dataset, or is a blend
     */
    RankingResult evaluate(RunFolder run, Dataset dataset, RankingSettings settings, ProgressListener listener)
            throws IOException;

    /**
     * A dataset from tables.
     *
     * @param settings columns and split; of its files only the names are used, in the manifest, and how delimited text is
     *     written
     * @param interactions the table of interactions: a path, an address in a file system of the cluster, or a name
     * @param items the table of items
     * @param users the table of users
     * @param format how Spark reads the tables; by their names if empty
     * @param options options of the format
     * @param order columns that the interactions are sorted by where files do not settle their order
     * @param out the dataset folder to make
     * @param replace whether an existing dataset may be replaced
     */
    record Preparing(
            PreparationSettings settings,
            String interactions,
            Optional<String> items,
            Optional<String> users,
            Optional<String> format,
            Map<String, String> options,
            List<String> order,
            Path out,
            boolean replace) {
        /** Copies what can change. */
        public Preparing {
            options = Map.copyOf(options);
            order = List.copyOf(order);
        }
    }

    /**
     * Prepares a dataset, as {@code sllmr data prepare} does.
     *
     * @return its manifest
     * @throws InvalidInputException if the data have errors, or the settings ask for what is not done on Spark
     */
    Manifest prepare(Preparing job, ProgressListener listener) throws IOException;

    /**
     * A candidate plan, with the bytes of {@code sllmr score plan}.
     *
     * @param sources what all users share
     * @param users all users
     */
    CandidatePlan plan(PlanSources sources, PlanUsers users, ProgressListener listener) throws IOException;

    /** The embedding teacher's scores of a plan, as {@code sllmr score run} makes them. */
    TeacherTableFile score(EmbeddingTeacher teacher, CandidatePlan plan, InteractionLog log, ProgressListener listener)
            throws IOException;

    /**
     * Trains by several tasks at once.
     *
     * @param place where the run folder is to be
     * @return the run
     * @throws InvalidInputException if the settings ask for what one machine alone does, or fewer tasks can run at once than
     *     there are workers
     */
    RunFolder train(
            RunSettings settings, RunInputs inputs, RunDestination place, Division division, TrainingListener listener)
            throws IOException, InterruptedException;

    /**
     * Questions to a language model.
     *
     * @param settings which model, and how it is asked
     * @param key its key, which is sent to the executors
     * @param plan the candidates
     * @param store the folder for answers, in a file system that driver and executors share
     */
    record Asking(LanguageSettings settings, ApiKey key, CandidatePlan plan, String store) {}

    /**
     * Asks everything that has no answer in the store.
     *
     * @param data the dataset that the plan was made for
     * @return how it ended, and the table of all answers in the store, as {@code sllmr score run} makes it
     * @throws InvalidInputException if the store has other answers, or the provider refuses, is down or is of no use
     */
    LanguageTeacher.Asked ask(Asking job, TrainingData data, ProgressListener listener) throws IOException;

    /**
     * The jobs.
     *
     * @throws InvalidInputException if there is no Spark on the class path
     */
    static SparkJobs find() {
        return ServiceLoader.load(SparkJobs.class)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "spark", "is not on the class path; start this command with ./sllmr, which fetches Spark"));
    }
}
