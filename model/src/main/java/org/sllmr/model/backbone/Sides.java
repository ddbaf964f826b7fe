// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/**
 * The two sides of a factorisation: fields that depend on the user and the position, and fields that depend on the item.
 *
 * <p>A side's factors are the sum over its fields (SVDFeature, Chen et al. 2012; LightFM, Kula 2015). With no fields but
 * {@code user} and {@code item} they are the user's and the item's own.
 */
public final class Sides {
    private final int[] user;
    private final int[] item;

    /**
     * The sides of a schema.
     *
     * @throws InvalidInputException if a side has no field
     */
    public Sides(InputShape shape) {
        this.user = places(shape, false);
        this.item = places(shape, true);
        List<Problem> problems = new ArrayList<>();
        if (user.length == 0) {
            problems.add(new Problem("schema.fields", "a factorisation needs a field of the user, such as 'user'"));
        }
        if (item.length == 0) {
            problems.add(new Problem("schema.fields", "a factorisation needs a field of the item, such as 'item'"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static int[] places(InputShape shape, boolean ofItem) {
        return IntStream.range(0, shape.fields().size())
                .filter(place -> shape.fields().get(place).ofItem() == ofItem)
                .toArray();
    }

    /**
     * Element-wise products of the factors of both sides.
     *
     * @param x embeddings {@code [rows, fields, factors]}
     * @return {@code [rows, factors]}
     */
    public Tensor product(Tensor x) {
        return sum(x, user).mul(sum(x, item));
    }

    private static Tensor sum(Tensor x, int[] places) {
        Tensor sum = x.select(1, places[0]);
        for (int i = 1; i < places.length; i++) {
            sum = sum.add(x.select(1, places[i]));
        }
        return sum;
    }
}
