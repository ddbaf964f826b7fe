// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

/**
 * How far apart a teacher's scores of one user lie, which is the measure of what a difference between two of them says.
 *
 * <p>A teacher whose scores of one user lie close together has told the items hardly apart: its largest difference there can be
 * as sure as a much larger one elsewhere.
 *
 * @param deviations standard deviation of each user's scores, 0 for fewer than two of them: {@code [users]}, each 0 to 0.5
 */
public record TeacherSpread(double[] deviations) {
    /** The spread of all users' scores. */
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

    /** A difference of two scores of a user in standard deviations; 0 where all of the user's scores are equal. */
    public double relative(int user, double difference) {
        return deviations[user] == 0 ? 0 : difference / deviations[user];
    }
}
