// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.Checks;

/** How a search distributes its epochs. */
public sealed interface SearchMethod {
    /** The last epoch of each rung, ascending; surviving trials continue from rung to rung. */
    List<Integer> rungs(int maxEpochs);

    /** How many of a rung's trials survive. */
    int kept(int trials);

    /** Every trial is trained to its end. */
    record RandomSearch() implements SearchMethod {
        @Override
        public List<Integer> rungs(int maxEpochs) {
            return List.of(maxEpochs);
        }

        @Override
        public int kept(int trials) {
            return trials;
        }
    }

    /**
     * All trials are trained for a few epochs, the best of them longer, and so on (Jamieson and Talwalkar 2016,
     * "Non-stochastic Best Arm Identification and Hyperparameter Optimization").
     *
     * <p>It saves most of the time, and can lose a setting that starts slowly, such as a low learning rate.
     *
     * @param firstEpochs epochs of the first rung, 1 or more
     * @param factor how many times as long each next rung is, and one in how many trials survives; 2 or more
     */
    record SuccessiveHalving(int firstEpochs, int factor) implements SearchMethod {
        /** Checks the ranges. */
        public SuccessiveHalving {
            new Checks()
                    .atLeast("firstEpochs", firstEpochs, 1)
                    .atLeast("factor", factor, 2)
                    .done();
        }

        /** First one epoch, factor three. */
        public static SuccessiveHalving defaults() {
            return new SuccessiveHalving(1, 3);
        }

        @Override
        public List<Integer> rungs(int maxEpochs) {
            List<Integer> rungs = new ArrayList<>();
            for (long epochs = firstEpochs; epochs < maxEpochs; epochs *= factor) {
                rungs.add((int) epochs);
            }
            rungs.add(maxEpochs);
            return rungs;
        }

        @Override
        public int kept(int trials) {
            return (trials + factor - 1) / factor;
        }
    }
}
