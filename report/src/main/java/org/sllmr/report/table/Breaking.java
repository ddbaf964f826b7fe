// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at spaces, and finds the columns where that costs the fewest lines. */
final class Breaking {
    private Breaking() {}

    /** The text in lines of at most {@code width}, longer ones only where a word is longer. */
    static List<String> lines(String text, int width) {
        if (width(text) <= width) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && width(line.toString()) + 1 + width(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** How many characters a terminal shows. */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The widest line of texts broken to a width. */
    static int widest(List<String> texts, int width) {
        return texts.stream()
                .flatMap(text -> lines(text, width).stream())
                .mapToInt(Breaking::width)
                .max()
                .orElse(0);
    }

    /**
     * Narrows columns.
     *
     * @param widths widths of the columns, made smaller in place
     * @param texts the texts of each column
     * @param excess by how much they are too wide together; columns of long words may stay so
     */
    static void narrow(int[] widths, List<List<String>> texts, int excess) {
        int left = excess;
        while (left > 0) {
            int best = -1;
            double bestWorth = 0;
            for (int column = 0; column < widths.length; column++) {
                int gain = widths[column] - widest(texts.get(column), widths[column] - 1);
                int cost = height(texts.get(column), widths[column] - 1) - height(texts.get(column), widths[column]);
                double worth = Math.min(gain, left) / (cost + 0.5);
                if (gain > 0 && worth > bestWorth) {
                    best = column;
                    bestWorth = worth;
                }
            }
            if (best < 0) {
                return;
            }
            int narrower = widest(texts.get(best), widths[best] - 1);
            left -= widths[best] - narrower;
            widths[best] = narrower;
        }
    }

    private static int height(List<String> texts, int width) {
        return texts.stream().mapToInt(text -> lines(text, width).size()).sum();
    }
}
