// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * The memory that one operation of one pass works on. All values are dense: a vector follows the other.
 *
 * <p>Without a backward pass only {@link #inputs}, {@link #value} and {@link #state} are there.
 */
public final class Frame {
    /** Values of the inputs. */
    final float[][] inputs;
    /** Derivatives by the inputs. */
    final float[][] inputGradients;
    /** For each input whether its derivative adds to what is there, or replaces it. */
    final boolean[] adds;
    /** Floats of a vector of each input. */
    final int[] widths;
    /** What each input has one vector for. */
    final Axis[] inputAxes;

    final Axis axis;
    final int width;
    final Context context;
    /** The operation's place in the packed weights. */
    final int packedAt;

    float[] value = {};
    float[] gradient = {};
    /** What {@link Operation#kept} asks for. */
    float[] kept = {};
    /** What {@link Operation#state} asks for. */
    final float[] state;

    private final @Nullable Object work;

    /**
     * Memory for an operation; arrays come with {@link #bind}.
     *
     * @param axis what the result has one vector for
     * @param width floats of a vector of the result
     * @param inputAxes the same of each input
     * @param widths the same of each input
     * @param adds for each input whether its derivative adds to what is there
     * @param packedAt the operation's place in the packed weights
     */
    public Frame(
            Context context,
            Operation operation,
            Axis axis,
            int width,
            Axis[] inputAxes,
            int[] widths,
            boolean[] adds,
            int packedAt) {
        this.context = context;
        this.axis = axis;
        this.width = width;
        this.inputAxes = inputAxes;
        this.widths = widths;
        this.adds = adds;
        this.packedAt = packedAt;
        this.inputs = new float[widths.length][];
        this.inputGradients = new float[widths.length][];
        this.state = new float[operation.state()];
        this.work = operation.newWork();
    }

    /** What {@link Operation#newWork} made. */
    Object work() {
        if (work == null) {
            throw new IllegalStateException("the operation has made nothing to work with");
        }
        return work;
    }

    /** Sets the arrays of the result. */
    public void bind(float[] newValue, float[] newGradient, float[] newKept) {
        value = newValue;
        gradient = newGradient;
        kept = newKept;
    }

    /** Sets the arrays of an input. */
    public void bindInput(int number, float[] newValue, float[] newGradient) {
        inputs[number] = newValue;
        inputGradients[number] = newGradient;
    }
}
