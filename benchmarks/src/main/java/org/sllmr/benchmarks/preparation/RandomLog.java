// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.preparation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/**
 * A random log in random order: every user has three interactions or more, items follow Zipf's law, times are seconds
 * over half a year.
 *
 * @param interactions number of lines
 * @param users number of users
 * @param items number of items
 */
record RandomLog(int interactions, int users, int items) {
    private static final long FIRST_TIME = 1_388_534_400;
    private static final int SECONDS = 183 * 86_400;

    /** Writes a CSV file with the columns user, item, rating and time. */
    void write(Path file, Seed seed) throws IOException {
        RandomGenerator random = seed.generator();
        double[] upTo = popularity();
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            lines.write("user,item,rating,time\n");
            for (int line = 0; line < interactions; line++) {
                // Each user's first three lines are spread over the file.
                int user = line < 3L * users ? line % users : random.nextInt(users);
                int item = Arrays.binarySearch(upTo, random.nextDouble() * upTo[items - 1]);
                lines.write(id('A', user) + ',' + id('B', item < 0 ? -item - 1 : item) + ',' + (1 + random.nextInt(5))
                        + ".0," + (FIRST_TIME + random.nextInt(SECONDS)) + '\n');
            }
        }
    }

    /** Rows of an impression. */
    private static final int SHOWN = 5;

    /** The columns of {@link #writeImpressions}. */
    static final List<String> IMPRESSION_COLUMNS =
            List.of("impression", "user", "item", "time", "click", "device", "place", "campaign", "price", "age");

    /**
     * Writes a CSV file of impressions in the order of their times, of five rows each, one in ten of which is clicked: ten
     * columns, of which three are categories and two are numbers.
     */
    void writeImpressions(Path file, Seed seed) throws IOException {
        RandomGenerator random = seed.generator();
        double[] upTo = popularity();
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            lines.write(String.join(",", IMPRESSION_COLUMNS) + "\n");
            for (int line = 0; line < interactions; ) {
                int impression = line / SHOWN;
                int user = impression < users ? impression : random.nextInt(users);
                String start = impression + "," + id('A', user) + ',';
                String shown = "," + (FIRST_TIME + (long) SECONDS * line / interactions) + ',';
                String context = "," + (random.nextInt(3) == 0 ? "desktop" : "mobile") + ',';
                for (int place = 0; place < SHOWN && line < interactions; place++, line++) {
                    int item = Arrays.binarySearch(upTo, random.nextDouble() * upTo[items - 1]);
                    int click = random.nextInt(10) == 0 ? 1 : 0;
                    lines.write(start + id('B', item < 0 ? -item - 1 : item) + shown + click + context + place + ",c"
                            + random.nextInt(1000) + ',' + random.nextInt(1, 100_000) / 100.0 + ','
                            + random.nextInt(18, 80) + '\n');
                }
            }
        }
    }

    private double[] popularity() {
        double[] upTo = new double[items];
        double sum = 0;
        for (int item = 0; item < items; item++) {
            sum += 1 / Math.pow(item + 1, 0.9);
            upTo[item] = sum;
        }
        return upTo;
    }

    /** Realistic ids: 13 unordered letters and digits. */
    private static String id(char first, int number) {
        String digits = Long.toString(new Seed(number).child("id").value() >>> 1, 36);
        return (first + "000000000000".substring(Math.min(12, digits.length())) + digits).toUpperCase(Locale.ROOT);
    }
}
