// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.ColumnFile;
import org.sllmr.evaluation.ranking.TieGroup;
import org.sllmr.evaluation.ranking.UserRanking;

/**
 * The ranks of each user's positives: a file beside a run, so that runs can be compared user by user.
 *
 * <p>A row of the file is a group of tied positives of a user, in five integer columns: user, number of candidates,
 * candidates with a higher score, candidates with that score, and positives among these. With one positive a user, as
 * in leave-one-out, each user has one row.
 *
 * @param header what was ranked
 * @param users user of each ranking, ascending
 * @param rankings one for each user
 */
public record RankedUsers(Header header, int[] users, List<UserRanking> rankings) {
    private static final ColumnFile.Format FORMAT =
            new ColumnFile.Format("sllmr ranked users", 2, "run 'sllmr evaluate --full-ranking' again");
    private static final int COLUMNS = 5;

    /** Copies the list. */
    public RankedUsers {
        rankings = List.copyOf(rankings);
        if (users.length != rankings.size()) {
            throw new IllegalArgumentException(users.length + " users for " + rankings.size() + " rankings");
        }
    }

    /**
     * Identifies what was ranked.
     *
     * @param split {@code test} or {@code validation}
     * @param dataHash content hash of the dataset
     * @param configurationHash of the run's configuration
     */
    public record Header(String split, String dataHash, String configurationHash) {}

    /** The file of a split beside a run. */
    public static Path file(Path run, Split split) {
        return run.resolve("ranking-" + split.text() + ".users");
    }

    /** Writes the file atomically. */
    public void write(Path file) throws IOException {
        int rows =
                rankings.stream().mapToInt(ranking -> ranking.groups().size()).sum();
        int[][] columns = new int[COLUMNS][rows];
        int row = 0;
        for (int i = 0; i < users.length; i++) {
            for (TieGroup group : rankings.get(i).groups()) {
                columns[0][row] = users[i];
                columns[1][row] = rankings.get(i).candidates();
                columns[2][row] = group.better();
                columns[3][row] = group.tied();
                columns[4][row++] = group.positives();
            }
        }
        List<ColumnFile.Values> values = new ArrayList<>();
        for (int[] column : columns) {
            values.add(new ColumnFile.Ints(column));
        }
        ColumnFile.write(file, FORMAT, header, values);
    }

    /**
     * Reads such a file.
     *
     * @throws InvalidInputException if it is damaged or not a ranking
     */
    public static RankedUsers read(Path file) throws IOException {
        ColumnFile.Contents<Header> contents =
                ColumnFile.read(file, FORMAT, Header.class, Collections.nCopies(COLUMNS, ColumnFile.Type.INTS));
        int[] userOf = contents.ints(0);
        int[] users = Arrays.stream(userOf).distinct().toArray();
        List<UserRanking> rankings = new ArrayList<>();
        try {
            for (int from = 0, to; from < userOf.length; from = to) {
                List<TieGroup> groups = new ArrayList<>();
                for (to = from; to < userOf.length && userOf[to] == userOf[from]; to++) {
                    groups.add(new TieGroup(contents.ints(2)[to], contents.ints(3)[to], contents.ints(4)[to]));
                }
                rankings.add(new UserRanking(contents.ints(1)[from], groups));
            }
            return new RankedUsers(contents.header(), users, rankings);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    file.toString(), "is not a ranking: " + e.getMessage() + "; " + FORMAT.remedy());
        }
    }
}
