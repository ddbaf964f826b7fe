// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.random.RandomGenerator;

/**
 * A customer with one or two interests, which product texts express, and a circle of customers, which they do not. The
 * weights of the interests change over time.
 *
 * <p>An interest or circle is represented by the product that it started from. A second interest is elsewhere in the
 * shop but has the theme of the first: those who like rustic bread bins may like rustic plant stands.
 */
final class Customer {
    private static final int MAX_INTERESTS = 2;
    /**
     * Cumulative probabilities of an interaction by taste: same category, same department and theme, otherwise same
     * brand.
     */
    private static final double CATEGORY = 0.45;

    private static final double DEPARTMENT_AND_THEME = 0.53;

    private final DemoSettings settings;
    private final ProductGroups groups;
    private final RandomGenerator random;
    private final int[] interests;
    private final double[] early;
    private final double[] late;
    private final int circle;

    Customer(DemoSettings settings, ProductGroups groups, RandomGenerator random) {
        this.settings = settings;
        this.groups = groups;
        this.random = random;
        this.interests = new int[1 + random.nextInt(MAX_INTERESTS)];
        this.early = new double[interests.length];
        this.late = new double[interests.length];
        for (int interest = 0; interest < interests.length; interest++) {
            interests[interest] = interest == 0 ? groups.uniform(random) : groups.sameTheme(interests[0], random);
            early[interest] = random.nextDouble();
            late[interest] = random.nextDouble();
        }
        this.circle = groups.uniform(random);
    }

    /** Number of interactions, drawn from the power law of the settings. */
    int historyLength() {
        double length =
                settings.shortestHistory() * StrictMath.pow(1 - random.nextDouble(), -1 / settings.historyExponent());
        return (int) Math.min(settings.longestHistory(), length);
    }

    /** Draws the next item; {@code progress} is the place in the history, from 0 to 1. */
    int next(double progress) {
        double reason = random.nextDouble();
        if (reason < settings.tasteShare()) {
            return byTaste(interests[interestAt(progress)]);
        }
        if (reason < settings.tasteShare() + settings.circleShare()) {
            return groups.sameCircle(circle, random);
        }
        return groups.popular(random);
    }

    private int byTaste(int interest) {
        double likeness = random.nextDouble();
        if (likeness < CATEGORY) {
            return groups.sameCategory(interest, random);
        }
        if (likeness < CATEGORY + DEPARTMENT_AND_THEME) {
            return groups.sameDepartmentAndTheme(interest, random);
        }
        return groups.sameBrand(interest, random);
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
