// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

/** Plain Java loops; also the definition that the SIMD loops are tested against. */
final class PlainFunctions extends Functions {
    @Override
    public String name() {
        return Simd.PLAIN;
    }

    @Override
    public void exp(float[] x, int at, int length) {
        for (int i = at; i < at + length; i++) {
            x[i] = exp(x[i]);
        }
    }

    @Override
    public void sigmoid(float[] x, int at, int length) {
        for (int i = at; i < at + length; i++) {
            x[i] = sigmoid(x[i]);
        }
    }

    @Override
    public void tanh(float[] x, int at, int length) {
        for (int i = at; i < at + length; i++) {
            x[i] = tanh(x[i]);
        }
    }

    @Override
    public void rectify(float[] x, int at, int length) {
        for (int i = at; i < at + length; i++) {
            x[i] = Math.max(0, x[i]);
        }
    }

    @Override
    void sum(float[] x, int xAt, float[] y, int yAt, float[] target, int to, int length, boolean rectified) {
        for (int i = 0; i < length; i++) {
            float sum = x[xAt + i] + y[yAt + i];
            target[to + i] = rectified ? Math.max(0, sum) : sum;
        }
    }

    @Override
    public void scale(float[] x, float[] factors, int repeat, float[] target, int at, int length) {
        int i = at;
        for (int place = at / repeat; i < at + length; place++) {
            float factor = factors[place];
            for (int end = Math.min(i + repeat, at + length); i < end; i++) {
                target[i] = x[i] * factor;
            }
        }
    }

    @Override
    public void rectifyGradient(float[] y, float[] upstream, float[] target, int at, int length) {
        for (int i = at; i < at + length; i++) {
            target[i] = y[i] == 0 ? 0 : upstream[i];
        }
    }
}
