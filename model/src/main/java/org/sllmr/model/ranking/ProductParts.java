// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.List;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Scale;

/** Products of values, which are kept apart where a linear layer can make use of that. */
final class ProductParts {
    private final PartGraph users;
    private final PartGraph items;
    private final PartGraph pairs;
    private final Wholes wholes;

    ProductParts(PartGraphs graphs, Wholes wholes) {
        this.users = graphs.users();
        this.items = graphs.items();
        this.pairs = graphs.pairs();
        this.wholes = wholes;
    }

    Form.Split multiply(Multiply operation, Form.Split x, Form.Split factors) {
        if (x.isOfUser() && factors.isOfUser()) {
            return Form.Split.userOnly(users.add(operation, x.ofUser(), factors.ofUser()));
        }
        if (x.isOfItem() && factors.isOfItem()) {
            return Form.Split.itemOnly(items.add(operation, x.ofItem(), factors.ofItem()));
        }
        if (operation.repeat() == 1
                && x.owners() != null
                && factors.owners() != null
                && x.owners().areDisjointTo(factors.owners())) {
            return apart(operation, x, factors);
        }
        if (x.isSeparable() && operation.repeat() == x.width() && x.width() > 1) {
            return new Form.Split(
                    x.width(), null, null, null, List.of(new Form.Cross(x, null, wholes.whole(factors))), null);
        }
        if (x.isSeparable()
                && factors.isOfPair()
                && operation.repeat() == 1
                && AffineParts.dense(factors.ofPair().operation()) instanceof Linear linear
                && linear.groups() == 1
                && linear.weight().width() < x.width()) {
            Form.Cross cross =
                    new Form.Cross(x, linear.weight(), factors.ofPair().inputs().get(0));
            Parameter bias = linear.bias();
            Node user = bias == null || x.user() == null ? null : users.add(new Scale(bias), x.user());
            Node item = bias == null || x.item() == null ? null : items.add(new Scale(bias), x.item());
            return new Form.Split(x.width(), user, item, null, List.of(cross), null);
        }
        return Form.Split.pairOnly(pairs.add(operation, wholes.whole(x), wholes.whole(factors)));
    }

    /** Products of values whose elements each belong to one side, the same in both. */
    private Form.Split apart(Multiply operation, Form.Split x, Form.Split factors) {
        Node user = x.user() == null || factors.user() == null ? null : users.add(operation, x.user(), factors.user());
        Node item = x.item() == null || factors.item() == null ? null : items.add(operation, x.item(), factors.item());
        return new Form.Split(x.width(), user, item, null, List.of(), x.owners());
    }
}
