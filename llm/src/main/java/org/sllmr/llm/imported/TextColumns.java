// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.teacher.text.TextKind;

/**
 * Names of the columns of a file of texts; the same when it is written and when it is read.
 *
 * @param user of the user ids, for texts about users and samples
 * @param item of the item ids, for texts about items and samples
 * @param interactions of how many of the user's first training interactions the text was made from, which for a sample
 *     is its position
 * @param label of a sample's label, 0 or 1
 * @param text of the texts
 */
public record TextColumns(String user, String item, String interactions, String label, String text) {
    /** The names that an export has. */
    public static TextColumns defaults() {
        return new TextColumns("user_id", "item_id", "interactions", "label", "text");
    }

    /** The columns of a kind, in the order of a file; the text is the last. */
    public List<String> of(TextKind kind) {
        List<String> columns = new ArrayList<>();
        if (kind.ofUsers()) {
            columns.add(user);
        }
        if (kind.ofItems()) {
            columns.add(item);
        }
        if (kind.ofUsers()) {
            columns.add(interactions);
        }
        if (kind == TextKind.CHAIN_OF_THOUGHT) {
            columns.add(label);
        }
        columns.add(text);
        return columns;
    }
}
