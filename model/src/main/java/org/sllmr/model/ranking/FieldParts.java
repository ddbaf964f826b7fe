// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.graph.Node;
import org.sllmr.model.interaction.SideWeights;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.CompressedInteraction;
import org.sllmr.model.operation.InteractionOfSides;
import org.sllmr.model.operation.InteractionProducts;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Shift;

/** Takes operations on the fields of a row apart, each of which is of the user alone or of the item alone. */
final class FieldParts {
    private final PartGraph users;
    private final PartGraph items;
    private final PartGraph pairs;
    private final Derived derived;

    FieldParts(PartGraphs graphs, Derived derived) {
        this.users = graphs.users();
        this.items = graphs.items();
        this.pairs = graphs.pairs();
        this.derived = derived;
    }

    /** Which fields of a value are the user's, where there are both kinds and no field is of both; else null. */
    static @Nullable BitSet ofUser(Form.Split x, int fields) {
        Form.Owners owners = x.owners();
        if (owners == null || x.user() == null || x.item() == null) {
            return null;
        }
        int width = x.width() / fields;
        BitSet user = new BitSet();
        for (int field = 0; field < fields; field++) {
            boolean hasItem = hasAny(owners.item(), field * width, width);
            if (hasItem && hasAny(owners.user(), field * width, width)) {
                return null;
            }
            user.set(field, !hasItem);
        }
        return user;
    }

    private static boolean hasAny(BitSet elements, int from, int width) {
        int next = elements.nextSetBit(from);
        return next >= 0 && next < from + width;
    }

    /** A linear layer on each field: the constant goes to the field's side. */
    Form.Split linear(Linear linear, Form.Split x, BitSet ofUser) {
        int fields = linear.groups();
        int out = linear.weight().out();
        BitSet user = new BitSet();
        for (int field = 0; field < fields; field++) {
            user.set(field * out, (field + 1) * out, ofUser.get(field));
        }
        BitSet item = RankingNetwork.others(user, fields * out);
        Linear product = new Linear(linear.weight(), null, fields);
        return new Form.Split(
                fields * out,
                shifted(users, users.add(product, x.ofUser()), linear.bias(), user),
                shifted(items, items.add(product, x.ofItem()), linear.bias(), item),
                null,
                List.of(),
                new Form.Owners(user, item));
    }

    /** Adds a bias, again and again, to those elements alone. */
    private Node shifted(PartGraph part, Node x, @Nullable Parameter bias, BitSet elements) {
        if (bias == null) {
            return x;
        }
        float[] all = new float[x.width()];
        elements.stream().forEach(i -> all[i] = derived.values()[bias.offset() + i % bias.size()]);
        return part.add(new Shift(derived.add(all, all.length)), x);
    }

    /**
     * Attention, and the linear layer that reads each field's result.
     *
     * @param linear null for none
     */
    Node attention(Form.Attended attended, @Nullable Linear linear) {
        AttentionParts parts = new AttentionParts(attended.operation(), attended.ofUser(), linear, derived);
        Form.Split tables = linear(parts.values(), attended.tables(), attended.ofUser());
        Node item = items.add(parts.item(), tables.ofItem());
        Node user = users.add(parts.user(), tables.ofUser());
        return pairs.add(parts.both(), pairs.take(items, item, Axis.ROWS), pairs.take(users, user, Axis.USER));
    }

    /** A compressed interaction network by side; null where it has too many fields for that. */
    @Nullable
    Node interaction(CompressedInteraction interaction, Form.Split x) {
        int fields = interaction.shape().fields();
        BitSet ofUser = ofUser(x, fields);
        if (ofUser == null) {
            return null;
        }
        SideWeights sides = new SideWeights(
                interaction.shape(),
                ofUser.stream().boxed().toList(),
                RankingNetwork.others(ofUser, fields).stream().boxed().toList());
        if (!sides.isWorthwhile()) {
            return null;
        }
        Node item = items.add(new InteractionProducts(sides), x.ofItem());
        return pairs.add(
                new InteractionOfSides(interaction, sides),
                pairs.take(items, item, Axis.ROWS),
                pairs.take(users, x.ofUser(), Axis.USER));
    }
}
