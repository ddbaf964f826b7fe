// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three spellings of a name, and suggestions for a misspelt one. */
public final class Spelling {
    private Spelling() {}

    /** {@code batch-size} as {@code batchSize}; camel case stays what it is. */
    static String camel(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '-' && i + 1 < name.length() && !camel.isEmpty()) {
                camel.append(Character.toUpperCase(name.charAt(++i)));
            } else {
                camel.append(c);
            }
        }
        return camel.toString();
    }

    /** {@code training.batchSize} as {@code TRAINING_BATCH_SIZE}. */
    static String upper(String path) {
        StringBuilder upper = new StringBuilder(path.length() + 8);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isUpperCase(c) && !upper.isEmpty()) {
                upper.append('_');
            }
            upper.append(c == '.' ? '_' : Character.toUpperCase(c));
        }
        return upper.toString();
    }

    /** The name of an enum constant in a file: {@code ROW_SPARSE} is {@code row-sparse}. */
    static String hyphenated(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A hint such as {@code "; did you mean 'margin'?"}, or all allowed names where none is similar. */
    static String hint(String name, Collection<String> known) {
        String near = nearest(name, known);
        if (near != null) {
            return "; did you mean '" + near + "'?";
        }
        return known.isEmpty() ? "; nothing can be set here" : "; known here: " + String.join(", ", known);
    }

    /** The known name with the fewest edits from {@code name}, or null if none is similar. */
    public static @Nullable String nearest(String name, Collection<String> known) {
        String nearest = null;
        int fewest = Integer.MAX_VALUE;
        String wanted = camel(name).toLowerCase(Locale.ROOT);
        for (String candidate : known) {
            int edits = edits(wanted, candidate.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return fewest <= Math.max(1, wanted.length() / 3) ? nearest : null;
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment distance). */
    static int edits(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least = Math.min(
                        Math.min(distance[i - 1][j], distance[i][j - 1]) + 1, distance[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, distance[i - 2][j - 2] + 1);
                }
                distance[i][j] = least;
            }
        }
        return distance[a.length()][b.length()];
    }
}
