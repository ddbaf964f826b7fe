// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.random.RandomGenerator;

/**
 * One customer: an interest or two that the text of products shows, a circle that it does not, and a mood that drifts.
 *
 * <p>An interest or circle is given by the product that it started from. A second interest lies elsewhere in the shop but
 * shares the theme of the first: who likes rustic bread bins may like rustic plant stands.
 */
final class Customer {
    private static final int MOST_INTERESTS = 2;
    /** Of the interactions by taste: on the same shelf, or of the same theme in the department; else of the same brand. */
    private static final double CATEGORY = 0.45;

    private static final double DEPARTMENT_AND_THEME = 0.53;

    private final DemoSettings settings;
    private final Shelves shelves;
    private final RandomGenerator random;
    private final int[] interests;
    private final double[] early;
    private final double[] late;
    private final int circle;

    Customer(DemoSettings settings, Shelves shelves, RandomGenerator random) {
        this.settings = settings;
        this.shelves = shelves;
        this.random = random;
        this.interests = new int[1 + random.nextInt(MOST_INTERESTS)];
        this.early = new double[interests.length];
        this.late = new double[interests.length];
        for (int interest = 0; interest < interests.length; interest++) {
            interests[interest] = interest == 0 ? shelves.anything(random) : shelves.sameTheme(interests[0], random);
            early[interest] = random.nextDouble();
            late[interest] = random.nextDouble();
        }
        this.circle = shelves.anything(random);
    }

    /** Number of interactions, by the power law of the settings. */
    int historyLength() {
        double length =
                settings.shortestHistory() * StrictMath.pow(1 - random.nextDouble(), -1 / settings.historyExponent());
        return (int) Math.min(settings.longestHistory(), length);
    }

    /** The item of the next interaction, at a progress through the history from 0 to 1. */
    int next(double progress) {
        double reason = random.nextDouble();
        if (reason < settings.tasteShare()) {
            return byTaste(interests[interestAt(progress)]);
        }
        if (reason < settings.tasteShare() + settings.circleShare()) {
            return shelves.sameCircle(circle, random);
        }
        return shelves.popular(random);
    }

    private int byTaste(int interest) {
        double likeness = random.nextDouble();
        if (likeness < CATEGORY) {
            return shelves.sameCategory(interest, random);
        }
        if (likeness < CATEGORY + DEPARTMENT_AND_THEME) {
            return shelves.sameDepartmentAndTheme(interest, random);
        }
        return shelves.sameBrand(interest, random);
    }

    private int interestAt(double progress) {
        double[] weights = new double[interests.length];
        double sum = 0;
        for (int interest = 0; interest < weights.length; interest++) {
            weights[interest] = (1 - progress) * early[interest] + progress * late[interest];
            sum += weights[interest];
        }
        double point = random.nextDouble() * sum;
        int interest = 0;
        while (interest < weights.length - 1 && point >= weights[interest]) {
            point -= weights[interest++];
        }
        return interest;
    }
}
