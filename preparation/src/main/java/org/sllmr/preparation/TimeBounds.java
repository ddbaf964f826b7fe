// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.time.Instant;
import java.util.function.LongUnaryOperator;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.preparation.read.Instants;
import org.sllmr.preparation.read.RawLabels;

/**
 * Where the parts of the time line begin.
 *
 * @param validationFrom first time of the validation part, seconds since 1970
 * @param testFrom first time of the test part
 */
public record TimeBounds(long validationFrom, long testFrom) {
    /**
     * The instants that the settings name, or else those that give each part its share of the rows.
     *
     * @param rows number of rows
     * @param sorted the time at each place of all times in order, from 0
     */
    public static TimeBounds of(PartSettings settings, long rows, LongUnaryOperator sorted) {
        return new TimeBounds(
                settings.validationFrom()
                        .map(text -> Instants.seconds(text).orElseThrow())
                        .orElseGet(() -> at(sorted, rows, 1 - settings.testShare() - settings.validationShare())),
                settings.testFrom()
                        .map(text -> Instants.seconds(text).orElseThrow())
                        .orElseGet(() -> at(sorted, rows, 1 - settings.testShare())));
    }

    private static long at(LongUnaryOperator sorted, long rows, double share) {
        return rows == 0 ? 0 : sorted.applyAsLong(Math.min(rows - 1, (long) (share * rows + 1e-9)));
    }

    /** The part of a row, such as {@link RawLabels#TEST}. */
    public byte part(long time) {
        return time >= testFrom ? RawLabels.TEST : time >= validationFrom ? RawLabels.VALIDATION : RawLabels.TRAINING;
    }

    /**
     * Requires that every part has rows.
     *
     * @param counts rows of each part, by {@link RawLabels#TRAINING} and so on
     * @param earliest the first time of all rows
     * @param latest the last one
     * @throws InvalidInputException naming the first part without rows
     */
    public void requireRows(long[] counts, long earliest, long latest) {
        for (byte part : new byte[] {RawLabels.TRAINING, RawLabels.VALIDATION, RawLabels.TEST}) {
            if (counts[part] == 0) {
                throw new InvalidInputException(
                        "split.parts",
                        "leave the " + PartedSamples.name(part) + " part without rows: validation begins at "
                                + Instant.ofEpochSecond(validationFrom) + " and test at "
                                + Instant.ofEpochSecond(testFrom) + ", the rows are from "
                                + Instant.ofEpochSecond(earliest) + " to " + Instant.ofEpochSecond(latest)
                                + "; choose other instants (--validation-from, --test-from)");
            }
        }
    }

    /** A row without a time, which no part of the time line has. */
    public static InvalidInputException noTime(String place) {
        return new InvalidInputException(
                place,
                "has no time, so it is in no part of the time line; fill it in, remove the line, or divide"
                        + " otherwise (--split files, --split users)");
    }
}
