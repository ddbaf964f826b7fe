// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.data.numeric.Logistic;

/** Loss of a row's probability against the teacher's score. */
public enum PointwiseLoss implements RowLoss {
    /** (sigmoid(s) - t)^2, the paper's "Pointwise MSE". */
    MEAN_SQUARED_ERROR {
        @Override
        public double loss(double logit, double target) {
            double error = Logistic.sigmoid(logit) - target;
            return error * error;
        }

        @Override
        public double derivative(double logit, double target) {
            double probability = Logistic.sigmoid(logit);
            return 2 * (probability - target) * probability * (1 - probability);
        }
    },
    /** Cross entropy of sigmoid(s) against t. */
    BINARY_CROSS_ENTROPY {
        @Override
        public double loss(double logit, double target) {
            return Logistic.crossEntropy(logit, target);
        }

        @Override
        public double derivative(double logit, double target) {
            return Logistic.sigmoid(logit) - target;
        }
    }
}
