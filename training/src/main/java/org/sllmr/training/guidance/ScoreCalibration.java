// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Exponential;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.teacher.TeacherTable;

/**
 * From a teacher's score to the log-odds of a click: a + b logit(score), fitted to labels by logistic regression (Platt 1999).
 *
 * @param intercept a
 * @param slope b
 */
record ScoreCalibration(double intercept, double slope) {
    /** Scores are clipped to stay this far from 0 and 1, so that their logits are finite. */
    private static final double CLIP = 1e-3;

    private static final int MAX_STEPS = 50;
    private static final double RIDGE = 1;

    /**
     * Fits the labels of the samples that the teacher has scored.
     *
     * @param fitted whether to fit; otherwise a is 0 and b is 1
     * @throws InvalidInputException if the teacher has scored no sample
     */
    static ScoreCalibration of(Samples samples, TeacherTable teacher, boolean fitted) {
        Instances rows = samples.instances();
        double[] logits = new double[rows.size()];
        int[] labels = new int[rows.size()];
        int count = 0;
        for (int row = 0; row < rows.size(); row++) {
            int index = teacher.indexOf(rows.users()[row], rows.items()[row]);
            if (index >= 0) {
                logits[count] = logit(teacher.scores()[index]);
                labels[count++] = samples.label(row);
            }
        }
        if (count == 0) {
            throw new InvalidInputException(
                    "teacher scores",
                    "hold none of the " + rows.size() + " training samples, which this guidance needs; make scores of"
                            + " the samples with 'sllmr score samples', or choose guidance 'distillation'");
        }
        return fitted ? fit(logits, labels, count) : new ScoreCalibration(0, 1);
    }

    static double logit(double score) {
        double inside = Math.min(1 - CLIP, Math.max(CLIP, score));
        return Exponential.log(inside / (1 - inside));
    }

    /** By Newton's method; a small penalty keeps it finite where labels can be told apart. */
    private static ScoreCalibration fit(double[] logits, int[] labels, int count) {
        double a = 0;
        double b = 0;
        for (int step = 0; step < MAX_STEPS; step++) {
            double byA = RIDGE * a;
            double byB = RIDGE * b;
            double aa = RIDGE;
            double ab = 0;
            double bb = RIDGE;
            for (int row = 0; row < count; row++) {
                double p = Logistic.sigmoid(a + b * logits[row]);
                double error = p - labels[row];
                double curvature = p * (1 - p);
                byA += error;
                byB += error * logits[row];
                aa += curvature;
                ab += curvature * logits[row];
                bb += curvature * logits[row] * logits[row];
            }
            double determinant = aa * bb - ab * ab;
            double moveA = (bb * byA - ab * byB) / determinant;
            double moveB = (aa * byB - ab * byA) / determinant;
            a -= moveA;
            b -= moveB;
            if (Math.abs(moveA) + Math.abs(moveB) < 1e-10) {
                break;
            }
        }
        return new ScoreCalibration(a, b);
    }

    /** The log-odds of a click. */
    double logOdds(double score) {
        return intercept + slope * logit(score);
    }
}
