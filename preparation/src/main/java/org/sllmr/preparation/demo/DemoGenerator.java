// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;

/** Generates a {@link DemoShop}; the same settings give the same shop on every machine. */
public final class DemoGenerator {
    /** 1 January 2022, when the shop opened. */
    private static final long OPENING = 1_640_995_200L;

    private static final long DAY = 86_400L;
    private static final int DAYS_OPEN_FOR_NEW_USERS = 900;
    private static final int LONGEST_PAUSE_DAYS = 90;
    /** Draws for one interaction before a customer who has bought all that fits takes something popular instead. */
    private static final int PATIENCE = 20;

    private DemoGenerator() {}

    /** Generates the shop of the settings. */
    public static DemoShop generate(DemoSettings settings) {
        Seed seed = new Seed(settings.seed());
        Words words = Words.load();
        List<Product> products = Assortment.stock(words, settings, seed.child("products"));
        Shelves shelves = new Shelves(products, words.themes().size());
        int[] offsets = new int[settings.users() + 1];
        int[] items = new int[settings.users() * 8];
        long[] times = new long[items.length];
        Seed users = seed.child("users");
        boolean[] bought = new boolean[products.size()];
        for (int user = 0; user < settings.users(); user++) {
            RandomGenerator random = users.child(user).generator();
            Customer customer = new Customer(settings, shelves, random);
            int start = offsets[user];
            int end = start + customer.historyLength();
            if (end > items.length) {
                items = Arrays.copyOf(items, end + items.length / 2);
                times = Arrays.copyOf(times, items.length);
            }
            long time = OPENING + random.nextInt(DAYS_OPEN_FOR_NEW_USERS) * DAY + random.nextLong(DAY);
            for (int index = start; index < end; index++) {
                int item = next(customer, (index - start) / (end - start - 1.0), bought, shelves, random);
                bought[item] = true;
                items[index] = item;
                times[index] = time;
                time += pause(random);
            }
            for (int index = start; index < end; index++) {
                bought[items[index]] = false;
            }
            offsets[user + 1] = end;
        }
        int size = offsets[settings.users()];
        return new DemoShop(
                products.stream().map(Product::item).toList(),
                InteractionLog.of(offsets, Arrays.copyOf(items, size), Arrays.copyOf(times, size)));
    }

    private static int next(
            Customer customer, double progress, boolean[] bought, Shelves shelves, RandomGenerator random) {
        for (int draw = 0; draw < PATIENCE; draw++) {
            int item = customer.next(progress);
            if (!bought[item]) {
                return item;
            }
        }
        int item = shelves.popular(random);
        while (bought[item]) {
            item = shelves.popular(random);
        }
        return item;
    }

    /** Mostly days, sometimes months, at least a second. */
    private static long pause(RandomGenerator random) {
        double share = random.nextDouble();
        return 1 + (long) (share * share * share * share * LONGEST_PAUSE_DAYS * DAY);
    }
}
