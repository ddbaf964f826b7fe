// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.store.Contents;

/** What filtering refuses, in the same words wherever interactions are filtered. */
public final class FilterProblems {
    private FilterProblems() {}

    /** No interactions at all. */
    public static InvalidInputException noInteractions(String name) {
        return new InvalidInputException(name, "has no interactions");
    }

    /** Every interaction was dropped, because its item is unknown. */
    public static InvalidInputException noKnownItems(String name) {
        return new InvalidInputException(name, "has no interactions with items of the item file");
    }

    /** The k-core is empty. */
    public static InvalidInputException emptyCore(int k) {
        return new InvalidInputException(
                "split.core", "is " + k + ", but the " + k + "-core has no interactions; choose a smaller one");
    }

    /** Dropping short users dropped all. */
    public static InvalidInputException onlyShortUsers() {
        return new InvalidInputException(
                "split.dropShortUsers", "drops all users: none has " + Contents.MIN_INTERACTIONS + " interactions");
    }

    /**
     * Users with too few interactions to split.
     *
     * @param place of the first of their interactions
     * @param user whose it is
     * @param interactions number of that user's interactions
     * @param users number of such users
     */
    public static InvalidInputException shortUser(String place, String user, long interactions, long users) {
        return new InvalidInputException(
                place,
                "user '" + user + "' has " + counted(interactions, "interaction")
                        + ", at least " + Contents.MIN_INTERACTIONS
                        + " are needed (one each for history, validation and test); " + counted(users, "user")
                        + " in all " + (users == 1 ? "has" : "have")
                        + " too few; leave them out (split.dropShortUsers=true, or --drop-short-users), or keep a k-core"
                        + " (split.core=5, or --core 5)");
    }

    /**
     * Items that the item file does not list.
     *
     * @param place of the first interaction with one
     * @param item that item
     * @param items number of such items
     * @param interactions number of their interactions
     */
    public static InvalidInputException unknownItem(String place, String item, long items, long interactions) {
        return new InvalidInputException(
                place,
                "item '" + item + "' is not in the item file; "
                        + counted(items, "item") + " with " + counted(interactions, "interaction")
                        + " in all; add them there, or set split.unknownItems to drop or keep");
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
