// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * How interactions become samples.
 *
 * @param core k of the k-core: users and items with fewer interactions are removed until all have at least k; 0 removes
 *     none (0 to 1000)
 * @param dropShortUsers whether users with fewer than 3 interactions are dropped; otherwise they are an error
 * @param dropRepeats whether an interaction with the same user, item, time and position as an earlier one is dropped
 * @param unknownItems what happens to interactions with items that the item file does not list
 * @param keepUnseenItems whether items of the item file without interactions stay in the catalogue; they can then be
 *     drawn as negatives
 * @param requireText whether an item without any text is an error; otherwise such items are only counted, because only
 *     the teacher needs texts
 * @param negatives negatives drawn for each positive (1 to 1000); by default 1, as in the paper's experiments, and none
 *     where rows have labels
 * @param seed root of the random numbers
 * @param usersSample number of users to draw, with all of their interactions, before anything else; 0 for all
 * @param parts how training, validation and test are divided
 */
public record SplitSettings(
        int core,
        boolean dropShortUsers,
        boolean dropRepeats,
        UnknownItems unknownItems,
        boolean keepUnseenItems,
        boolean requireText,
        Optional<Integer> negatives,
        long seed,
        int usersSample,
        PartSettings parts) {
    /** Checks the ranges. */
    public SplitSettings {
        new Checks()
                .between("core", core, 0, 1000)
                .between("negatives", negatives.orElse(1), 1, 1000)
                .between("usersSample", usersSample, 0, Integer.MAX_VALUE)
                .done();
    }

    /** No filter, one negative per positive. */
    public static SplitSettings defaults() {
        return new SplitSettings(
                0, false, false, UnknownItems.FAIL, false, false, Optional.empty(), 42, 0, PartSettings.defaults());
    }

    /** These settings with another k of the k-core. */
    public SplitSettings withCore(int k) {
        return new SplitSettings(
                k,
                dropShortUsers,
                dropRepeats,
                unknownItems,
                keepUnseenItems,
                requireText,
                negatives,
                seed,
                usersSample,
                parts);
    }

    /** These settings with short users dropped or not. */
    public SplitSettings withDropShortUsers(boolean drop) {
        return new SplitSettings(
                core,
                drop,
                dropRepeats,
                unknownItems,
                keepUnseenItems,
                requireText,
                negatives,
                seed,
                usersSample,
                parts);
    }

    /** These settings with repeated interactions dropped or not. */
    public SplitSettings withDropRepeats(boolean drop) {
        return new SplitSettings(
                core,
                dropShortUsers,
                drop,
                unknownItems,
                keepUnseenItems,
                requireText,
                negatives,
                seed,
                usersSample,
                parts);
    }

    /** These settings with another way to treat unknown items. */
    public SplitSettings withUnknownItems(UnknownItems treatment) {
        return new SplitSettings(
                core,
                dropShortUsers,
                dropRepeats,
                treatment,
                keepUnseenItems,
                requireText,
                negatives,
                seed,
                usersSample,
                parts);
    }

    /** These settings with unseen items kept or not. */
    public SplitSettings withKeepUnseenItems(boolean keep) {
        return new SplitSettings(
                core,
                dropShortUsers,
                dropRepeats,
                unknownItems,
                keep,
                requireText,
                negatives,
                seed,
                usersSample,
                parts);
    }

    /** These settings with texts required or not. */
    public SplitSettings withRequireText(boolean require) {
        return new SplitSettings(
                core,
                dropShortUsers,
                dropRepeats,
                unknownItems,
                keepUnseenItems,
                require,
                negatives,
                seed,
                usersSample,
                parts);
    }

    /** These settings with another number of negatives. */
    public SplitSettings withNegatives(int count) {
        return new SplitSettings(
                core,
                dropShortUsers,
                dropRepeats,
                unknownItems,
                keepUnseenItems,
                requireText,
                Optional.of(count),
                seed,
                usersSample,
                parts);
    }

    /** These settings with another seed. */
    public SplitSettings withSeed(long root) {
        return new SplitSettings(
                core,
                dropShortUsers,
                dropRepeats,
                unknownItems,
                keepUnseenItems,
                requireText,
                negatives,
                root,
                usersSample,
                parts);
    }

    /** These settings with that number of users drawn. */
    public SplitSettings withUsersSample(int users) {
        return new SplitSettings(
                core,
                dropShortUsers,
                dropRepeats,
                unknownItems,
                keepUnseenItems,
                requireText,
                negatives,
                seed,
                users,
                parts);
    }

    /** These settings with other parts. */
    public SplitSettings withParts(PartSettings division) {
        return new SplitSettings(
                core,
                dropShortUsers,
                dropRepeats,
                unknownItems,
                keepUnseenItems,
                requireText,
                negatives,
                seed,
                usersSample,
                division);
    }
}
