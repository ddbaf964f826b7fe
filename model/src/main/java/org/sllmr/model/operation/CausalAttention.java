// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;

/**
 * Attention of each token of a row to itself and the tokens before it, with rotary positions. A vector is {@code [tokens, 3,
 * heads, size]}: queries, keys and values; the result's is {@code [tokens, heads, size]}.
 *
 * <p>At place t the elements 2i and 2i + 1 of queries and keys are turned by the angle t * base^(-2i / size), so that their
 * products depend on the distance of two tokens (Su et al. 2021, equation 34). Products are divided by the root of the size.
 *
 * @param tokens number of tokens
 * @param heads number of heads
 * @param size floats of a query, key or value in one head, even
 * @param base of the angles
 */
public record CausalAttention(int tokens, int heads, int size, double base) implements Operation {
    private static final int QUERY = 0;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    /**
     * Cosines and sines of the angles: {@code [tokens, size / 2]}.
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    private record Angles(float[] cosines, float[] sines) {}

    @Override
    public int width(int[] inputs) {
        if (inputs[0] != 3 * tokens * heads * size || size % 2 != 0) {
            throw new IllegalArgumentException("attention of " + tokens + " tokens in " + heads + " heads of " + size
                    + " floats over a vector of " + inputs[0]);
        }
        return tokens * heads * size;
    }

    @Override
    public Object newWork() {
        return new Angles(cosines(), sines());
    }

    /** Cosines of the angles: {@code [tokens, size / 2]}. */
    public float[] cosines() {
        return angles(true);
    }

    /** Sines of the angles: {@code [tokens, size / 2]}. */
    public float[] sines() {
        return angles(false);
    }

    private float[] angles(boolean cosine) {
        int half = size / 2;
        float[] values = new float[tokens * half];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < half; i++) {
                double angle = token * StrictMath.pow(base, -2.0 * i / size);
                values[token * half + i] = (float) (cosine ? StrictMath.cos(angle) : StrictMath.sin(angle));
            }
        }
        return values;
    }

    /** Turned queries and keys, and attention weights. */
    @Override
    public int kept(int width) {
        return 2 * width + heads * tokens * tokens;
    }

    private int at(int row, int token, int kind, int head) {
        return (((row * tokens + token) * 3 + kind) * heads + head) * size;
    }

    private int keptAt(int row) {
        return row * kept(tokens * heads * size);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        Angles angles = (Angles) frame.work();
        float[] x = frame.inputs[0];
        float[] kept = frame.kept;
        float scale = (float) (1 / Math.sqrt(size));
        int block = tokens * size;
        for (int row = from; row < to; row++) {
            for (int head = 0; head < heads; head++) {
                int queries = keptAt(row) + head * block;
                int keys = queries + heads * block;
                int weights = keptAt(row) + 2 * heads * block + head * tokens * tokens;
                for (int token = 0; token < tokens; token++) {
                    turn(x, at(row, token, QUERY, head), kept, queries + token * size, token, angles, scale);
                    turn(x, at(row, token, KEY, head), kept, keys + token * size, token, angles, 1);
                }
                for (int token = 0; token < tokens; token++) {
                    int at = weights + token * tokens;
                    for (int other = 0; other <= token; other++) {
                        kept[at + other] = dot(kept, queries + token * size, kept, keys + other * size);
                    }
                    Segments.softmax(frame.context.functions, kept, kept, at, at + token + 1, token + 1);
                    int target = ((row * tokens + token) * heads + head) * size;
                    Arrays.fill(frame.value, target, target + size, 0);
                    for (int other = 0; other <= token; other++) {
                        add(kept[at + other], x, at(row, other, VALUE, head), frame.value, target);
                    }
                }
            }
        }
    }

    /** Turns a vector by the angles of a place. */
    private void turn(float[] x, int from, float[] y, int to, int token, Angles angles, float factor) {
        for (int i = 0; i < size / 2; i++) {
            float cosine = factor * angles.cosines[token * (size / 2) + i];
            float sine = factor * angles.sines[token * (size / 2) + i];
            float first = x[from + 2 * i];
            float second = x[from + 2 * i + 1];
            y[to + 2 * i] = first * cosine - second * sine;
            y[to + 2 * i + 1] = first * sine + second * cosine;
        }
    }

    /** Adds the derivative by a vector, from that by the turned one. */
    private void turnBack(float[] y, int from, float[] x, int to, int token, Angles angles, float factor) {
        for (int i = 0; i < size / 2; i++) {
            float cosine = factor * angles.cosines[token * (size / 2) + i];
            float sine = factor * angles.sines[token * (size / 2) + i];
            float first = y[from + 2 * i];
            float second = y[from + 2 * i + 1];
            x[to + 2 * i] += first * cosine + second * sine;
            x[to + 2 * i + 1] += second * cosine - first * sine;
        }
    }

    private float dot(float[] x, int xAt, float[] y, int yAt) {
        float sum = 0;
        for (int d = 0; d < size; d++) {
            sum += x[xAt + d] * y[yAt + d];
        }
        return sum;
    }

    private void add(float factor, float[] x, int from, float[] y, int to) {
        for (int d = 0; d < size; d++) {
            y[to + d] += factor * x[from + d];
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        Angles angles = (Angles) frame.work();
        float[] x = frame.inputs[0];
        float[] target = frame.inputGradients[0];
        float[] kept = frame.kept;
        float scale = (float) (1 / Math.sqrt(size));
        int block = tokens * size;
        float[] byQuery = new float[block];
        float[] byKey = new float[block];
        float[] slopes = new float[tokens];
        if (!frame.adds[0]) {
            Arrays.fill(target, from * frame.widths[0], to * frame.widths[0], 0);
        }
        for (int row = from; row < to; row++) {
            for (int head = 0; head < heads; head++) {
                int queries = keptAt(row) + head * block;
                int keys = queries + heads * block;
                int weights = keptAt(row) + 2 * heads * block + head * tokens * tokens;
                Arrays.fill(byQuery, 0);
                Arrays.fill(byKey, 0);
                for (int token = 0; token < tokens; token++) {
                    int at = weights + token * tokens;
                    int upstream = ((row * tokens + token) * heads + head) * size;
                    float mean = 0;
                    for (int other = 0; other <= token; other++) {
                        int value = at(row, other, VALUE, head);
                        slopes[other] = dot(frame.gradient, upstream, x, value);
                        mean += kept[at + other] * slopes[other];
                        add(kept[at + other], frame.gradient, upstream, target, value);
                    }
                    for (int other = 0; other <= token; other++) {
                        float slope = kept[at + other] * (slopes[other] - mean);
                        add(slope, kept, keys + other * size, byQuery, token * size);
                        add(slope, kept, queries + token * size, byKey, other * size);
                    }
                }
                for (int token = 0; token < tokens; token++) {
                    turnBack(byQuery, token * size, target, at(row, token, QUERY, head), token, angles, scale);
                    turnBack(byKey, token * size, target, at(row, token, KEY, head), token, angles, 1);
                }
            }
        }
    }

    @Override
    public boolean affine() {
        return false;
    }
}
