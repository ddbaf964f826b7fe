// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;

/** Generates a {@link DemoShop}; the same settings give the same shop on every machine. */
public final class DemoGenerator {
    /** Opening of the shop, 1 January 2022. */
    private static final long OPENING = 1_640_995_200L;

    private static final long DAY = 86_400L;
    private static final int ARRIVAL_DAYS = 900;
    private static final int MAX_PAUSE_DAYS = 90;
    /**
     * Draws for one interaction until a customer, who seems to have bought everything suitable, gets a popular item.
     */
    private static final int MAX_DRAWS = 20;

    private DemoGenerator() {}

    /** Generates a shop. */
    public static DemoShop generate(DemoSettings settings) {
        Seed seed = new Seed(settings.seed());
        Words words = Words.load();
        List<Product> products = Assortment.generate(words, settings, seed.child("products"));
        ProductGroups groups = new ProductGroups(products, words.themes().size());
        int[] offsets = new int[settings.users() + 1];
        int[] items = new int[settings.users() * 8];
        long[] times = new long[items.length];
        Seed users = seed.child("users");
        boolean[] bought = new boolean[products.size()];
        for (int user = 0; user < settings.users(); user++) {
            RandomGenerator random = users.child(user).generator();
            Customer customer = new Customer(settings, groups, random);
            int start = offsets[user];
            int end = start + customer.historyLength();
            if (end > items.length) {
                items = Arrays.copyOf(items, end + items.length / 2);
                times = Arrays.copyOf(times, items.length);
            }
            long time = OPENING + random.nextInt(ARRIVAL_DAYS) * DAY + random.nextLong(DAY);
            for (int index = start; index < end; index++) {
                int item = next(customer, (index - start) / (end - start - 1.0), bought, groups, random);
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
            Customer customer, double progress, boolean[] bought, ProductGroups groups, RandomGenerator random) {
        for (int draw = 0; draw < MAX_DRAWS; draw++) {
            int item = customer.next(progress);
            if (!bought[item]) {
                return item;
            }
        }
        int item = groups.popular(random);
        while (bought[item]) {
            item = groups.popular(random);
        }
        return item;
    }

    /** The time until the next purchase in seconds: mostly days, sometimes months, at least one second. */
    private static long pause(RandomGenerator random) {
        double share = random.nextDouble();
        return 1 + (long) (share * share * share * share * MAX_PAUSE_DAYS * DAY);
    }
}
