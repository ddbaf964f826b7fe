// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.interaction.SideWeights;
import org.sllmr.model.interaction.UserInteractions;
import org.sllmr.model.kernel.Products;

/**
 * The compressed interaction network of xDeepFM where some fields are the user's and the others the item's. The inputs are the
 * rows' {@link InteractionProducts} and the fields of the user.
 *
 * @param interaction the same for whole rows
 * @param sides which fields are of which side
 */
public record InteractionOfSides(CompressedInteraction interaction, SideWeights sides) implements RankingOperation {
    @Override
    public int width(int[] inputs) {
        return sides.shape().width();
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return Axis.ROWS;
    }

    @Override
    public List<Parameter> parameters() {
        return interaction.parameters();
    }

    @Override
    public int packedSize(Products products) {
        return sides.packedSize();
    }

    @Override
    public void pack(Products products, float[] parameters, float[] packed, int at) {
        sides.pack(source(parameters), packed, at);
    }

    private SideWeights.Source source(float[] parameters) {
        return new SideWeights.Source(parameters, offsets(interaction.weights()), offsets(interaction.biases()));
    }

    private static int[] offsets(List<Parameter> parameters) {
        return parameters.stream().mapToInt(Parameter::offset).toArray();
    }

    /** Made in the first pass, which brings the weights; they stay as they are. */
    private static final class Work {
        private @Nullable UserInteractions interactions;
    }

    @Override
    public Object newWork() {
        return new Work();
    }

    @Override
    public boolean synchronizes(boolean training) {
        return true;
    }

    @Override
    public void begin(Frame frame) {
        interactions(frame).user(frame.inputs[1]);
    }

    private UserInteractions interactions(Frame frame) {
        Work work = (Work) frame.work();
        UserInteractions made = work.interactions;
        if (made == null) {
            Context context = frame.context;
            made = new UserInteractions(
                    context.products,
                    context.kernels,
                    sides,
                    source(context.parameters),
                    context.packed,
                    frame.packedAt);
            work.interactions = made;
        }
        return made;
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int each = frame.widths[0];
        interactions(frame).forward(frame.inputs[0], from * each, to - from, frame.value, from * frame.width);
    }
}
