// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingSettings;

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
     * @param k recommendations of each
     * @param seen whether items of the history may be recommended
     * @param out the folder for the result, where nothing exists yet
     */
    record Recommending(
            String bundle,
            Optional<String> users,
            String userColumn,
            Optional<String> historyColumn,
            int k,
            boolean seen,
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
