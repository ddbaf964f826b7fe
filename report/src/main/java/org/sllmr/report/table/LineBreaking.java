// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at spaces, and narrows the columns in which that adds the fewest lines. */
final class LineBreaking {
    private LineBreaking() {}

    /** The text in lines of at most {@code width}, or longer if a word is longer. */
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

    /** Number of characters that a terminal shows. */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Width of the widest line of texts broken to a width. */
    static int widest(List<String> texts, int width) {
        return texts.stream()
                .flatMap(text -> lines(text, width).stream())
                .mapToInt(LineBreaking::width)
                .max()
                .orElse(0);
    }

    /**
     * Narrows columns.
     *
     * @param widths widths of the columns, reduced in place
     * @param texts the texts of each column
     * @param excess the total excess width; columns with long words may stay too wide
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
