// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a text is about. */
public enum TextKind {
    /** What is known of an item (KAR, Xi et al. 2024, Section 4.1). */
    ITEM_KNOWLEDGE(false, true),
    /** What a user's first training interactions tell of the user (KAR, Section 4.1). */
    USER_KNOWLEDGE(true, false),
    /** Why a user took an item of a training sample or did not, step by step (LLM-CF, Sun et al. 2024, Section 3.2). */
    CHAIN_OF_THOUGHT(true, true);

    private final boolean ofUsers;
    private final boolean ofItems;

    TextKind(boolean ofUsers, boolean ofItems) {
        this.ofUsers = ofUsers;
        this.ofItems = ofItems;
    }

    /** Whether a text is about a user. */
    public boolean ofUsers() {
        return ofUsers;
    }

    /** Whether a text is about an item. */
    public boolean ofItems() {
        return ofItems;
    }

    /** The kind of a name, if there is one. */
    public static Optional<TextKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst();
    }

    /** Its name in settings and files, such as {@code item-knowledge}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
