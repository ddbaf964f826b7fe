// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import org.sllmr.model.kernel.Products;

/**
 * Attention of each field of a row to all of its fields, of which some are the user's and the others the item's; the values of
 * all heads are added up. The inputs are the rows' {@link AttentionSide} and the user's; the result is {@code [fields, out]}.
 *
 * <p>A field attends to the fields of the other side and to one that stands for those of its own.
 *
 * @param item of the rows
 * @param user of the user
 */
public record AttentionOfSides(AttentionSide item, AttentionSide user) implements RankingOperation {
    /** Columns of the products of queries and keys, rounded up: whole registers of any processor. */
    private static final int REGISTER = 16;

    /** What a pass needs beside its result. */
    private static final class Work {
        private float[] right = {};
        private float[] products = {};
        private float[] shares = {};

        private void reserve(int rightFloats, int productFloats, int shareFloats) {
            right = right.length < rightFloats ? new float[rightFloats] : right;
            products = products.length < productFloats ? new float[productFloats] : products;
            shares = shares.length < shareFloats ? new float[shareFloats] : shares;
        }
    }

    @Override
    public int width(int[] inputs) {
        return item.inputFields() * item.out();
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.ROWS;
    }

    /** Attention weights of the user's fields and of the item's. */
    @Override
    public int kept(int width) {
        return weightsOf(user, item) + weightsOf(item, user);
    }

    /** Weights {@code [fields, heads, fields of the other side, and one for those of their own]}. */
    private static int weightsOf(AttentionSide fields, AttentionSide others) {
        return fields.count() * fields.heads() * (others.count() + 1);
    }

    @Override
    public Object newWork() {
        return new Work();
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int rows = to - from;
        int heads = item.heads();
        int ofUser = from * kept(0);
        int ofItem = ofUser + rows * weightsOf(user, item);
        int stride = (user.count() + REGISTER - 1) / REGISTER * REGISTER;
        Work work = (Work) frame.work();
        work.reserve(item.size() * stride + Products.SLACK, rows * stride, rows * heads);
        for (int head = 0; head < heads; head++) {
            toUser(frame, work, from, rows, head, stride, ofItem);
            toItem(frame, work, from, rows, head, stride, ofUser);
        }
        Segments.softmax(frame.context.functions, frame.kept, frame.kept, ofUser, ofItem, item.count() + 1);
        Segments.softmax(
                frame.context.functions,
                frame.kept,
                frame.kept,
                ofItem,
                ofItem + rows * weightsOf(item, user),
                user.count() + 1);
        valuesOfUserFields(frame, work, from, rows, ofUser);
        valuesOfItemFields(frame, from, rows, ofItem);
    }

    /** Products of the item's queries with the user's keys. */
    private void toUser(Frame frame, Work work, int from, int rows, int head, int stride, int target) {
        float[] weights = frame.kept;
        transpose(frame.inputs[1], user.key(head, 0), work.right, stride);
        int segment = user.count() + 1;
        int step = weightsOf(item, user);
        for (int field = 0; field < item.count(); field++) {
            multiply(frame, work, from, rows, item.query(head, field), stride);
            int at = target + (field * item.heads() + head) * segment;
            int sum = from * frame.widths[0] + item.sum(head, field);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(work.products, row * stride, weights, at + row * step, user.count());
                weights[at + row * step + user.count()] = frame.inputs[0][sum + row * frame.widths[0]];
            }
        }
    }

    /** Products of the user's queries with the item's keys. */
    private void toItem(Frame frame, Work work, int from, int rows, int head, int stride, int target) {
        float[] weights = frame.kept;
        transpose(frame.inputs[1], user.query(head, 0), work.right, stride);
        int segment = item.count() + 1;
        int step = weightsOf(user, item);
        for (int other = 0; other < item.count(); other++) {
            multiply(frame, work, from, rows, item.key(head, other), stride);
            for (int row = 0; row < rows; row++) {
                int at = target + row * step + head * segment + other;
                for (int field = 0; field < user.count(); field++) {
                    weights[at + field * user.heads() * segment] = work.products[row * stride + field];
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            int at = target + row * step + head * segment + item.count();
            for (int field = 0; field < user.count(); field++) {
                weights[at + field * user.heads() * segment] = frame.inputs[1][user.sum(head, field)];
            }
        }
    }

    private void transpose(float[] source, int at, float[] right, int stride) {
        for (int field = 0; field < user.count(); field++) {
            for (int d = 0; d < user.size(); d++) {
                right[d * stride + field] = source[at + field * user.size() + d];
            }
        }
    }

    private void multiply(Frame frame, Work work, int from, int rows, int at, int stride) {
        int width = frame.widths[0];
        frame.context.products.multiply(
                frame.inputs[0],
                from * width + at,
                width,
                work.right,
                0,
                stride,
                work.products,
                0,
                stride,
                rows,
                item.size(),
                stride,
                false);
    }

    private void valuesOfUserFields(Frame frame, Work work, int from, int rows, int weightsAt) {
        Products products = frame.context.products;
        int heads = user.heads();
        int out = user.out();
        int segment = item.count() + 1;
        int step = weightsOf(user, item);
        for (int field = 0; field < user.count(); field++) {
            for (int row = 0; row < rows; row++) {
                int at = weightsAt + row * step + field * heads * segment + item.count();
                for (int head = 0; head < heads; head++) {
                    work.shares[row * heads + head] = frame.kept[at + head * segment];
                }
            }
            int target = from * frame.width + user.fields().get(field) * out;
            products.multiply(
                    work.shares,
                    0,
                    heads,
                    frame.inputs[1],
                    user.mean(field, 0),
                    out,
                    frame.value,
                    target,
                    frame.width,
                    rows,
                    heads,
                    out,
                    false);
        }
        // Fields that follow each other are multiplied at once.
        int field = 0;
        while (field < user.count()) {
            int first = user.fields().get(field);
            int count = 1;
            while (field + count < user.count() && user.fields().get(field + count) == first + count) {
                count++;
            }
            for (int row = 0; row < rows; row++) {
                products.multiply(
                        frame.kept,
                        weightsAt + row * step + field * heads * segment,
                        heads * segment,
                        frame.inputs[0],
                        (from + row) * frame.widths[0] + item.values(0),
                        out,
                        frame.value,
                        (from + row) * frame.width + first * out,
                        out,
                        count,
                        heads * segment,
                        out,
                        true);
            }
            field += count;
        }
    }

    private void valuesOfItemFields(Frame frame, int from, int rows, int weightsAt) {
        Products products = frame.context.products;
        int heads = item.heads();
        int out = item.out();
        int segment = user.count() + 1;
        int step = weightsOf(item, user);
        for (int field = 0; field < item.count(); field++) {
            int weights = weightsAt + field * heads * segment;
            int target = from * frame.width + item.fields().get(field) * out;
            products.multiply(
                    frame.kept,
                    weights,
                    step,
                    frame.inputs[1],
                    user.values(0),
                    out,
                    frame.value,
                    target,
                    frame.width,
                    rows,
                    heads * segment,
                    out,
                    false);
            for (int row = 0; row < rows; row++) {
                int mean = (from + row) * frame.widths[0] + item.mean(field, 0);
                for (int head = 0; head < heads; head++) {
                    float weight = frame.kept[weights + row * step + head * segment + user.count()];
                    products.addScaled(
                            weight, frame.inputs[0], mean + head * out, frame.value, target + row * frame.width, out);
                }
            }
        }
    }
}
