// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.Arrays;
import java.util.Optional;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.Model;

/**
 * What a bundle holds.
 *
 * @param manifest what it is
 * @param data the dataset without its interactions; users' ids as the manifest says
 * @param model the model
 * @param offsets first index into {@code histories} of each user and, at the end, their number; empty without histories
 * @param histories items of each user, the oldest first
 * @param positives training positives of each item
 * @param longTail whether each item is long-tail
 * @param blend what the model's scores are blended with
 */
public record BundleContents(
        Manifest manifest,
        TrainingData data,
        Model model,
        int[] offsets,
        int[] histories,
        int[] positives,
        boolean[] longTail,
        Optional<BundleBlend> blend) {
    /** Number of last items of a history that scores depend on. */
    public int historyLength() {
        return Math.max(
                model.schema().historyLength(),
                blend.map(of -> of.teacher().historyLength()).orElse(0));
    }

    /** The number of a user, or -1. */
    public int user(String id) {
        return data.userIds().indexOf(kept(manifest.histories(), manifest.salt(), id));
    }

    /** The stored history of a user; empty without one. */
    public int[] history(int user) {
        return user < 0 || offsets.length == 0
                ? new int[0]
                : Arrays.copyOfRange(histories, offsets[user], offsets[user + 1]);
    }

    /** A user's id as it is kept. */
    static String kept(HistoryForm form, String salt, String id) {
        return form == HistoryForm.PLAIN
                ? id
                : new Sha256().add(salt).add(id).hex().substring(0, 32);
    }

    static Vocabulary kept(HistoryForm form, String salt, Vocabulary ids) {
        return form == HistoryForm.PLAIN
                ? ids
                : new Vocabulary(
                        ids.values().stream().map(id -> kept(form, salt, id)).toList());
    }
}
