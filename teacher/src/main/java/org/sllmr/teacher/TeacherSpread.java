// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

/**
 * The standard deviations of a teacher's scores for each user, as a scale for differences of scores.
 *
 * <p>If a user's scores are close together, a small difference can be as reliable as a much larger one for another
 * user.
 *
 * @param deviations standard deviation of each user's scores, 0 for fewer than two: {@code [users]}, each 0 to 0.5
 */
public record TeacherSpread(double[] deviations) {
    /** The spread of each user's scores. */
    public static TeacherSpread of(TeacherTable teacher) {
        double[] deviations = new double[teacher.users()];
        for (int user = 0; user < deviations.length; user++) {
            int from = teacher.from(user);
            int size = teacher.to(user) - from;
            double sum = 0;
            for (int index = from; index < from + size; index++) {
                sum += teacher.scores()[index];
            }
            double squares = 0;
            for (int index = from; index < from + size; index++) {
                double off = teacher.scores()[index] - sum / size;
                squares += off * off;
            }
            deviations[user] = size < 2 ? 0 : Math.sqrt(squares / size);
        }
        return new TeacherSpread(deviations);
    }

    /** Standard deviation of a user's scores. */
    public double of(int user) {
        return deviations[user];
    }

    /** A difference of two scores of a user in standard deviations; 0 if all of the user's scores are equal. */
    public double relative(int user, double difference) {
        return deviations[user] == 0 ? 0 : difference / deviations[user];
    }
}
