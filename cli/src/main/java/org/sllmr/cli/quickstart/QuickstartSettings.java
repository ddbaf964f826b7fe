// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.sllmr.configuration.Checks;
import org.sllmr.preparation.demo.DemoSettings;

/**
 * Settings of the quickstart.
 *
 * @param seeds number of seeds of each method, 1 to 100; tests over seeds need 2 or more
 * @param firstSeed the first seed; the others are the following numbers
 * @param users number of users of the demo shop, 100 to 1,000,000
 * @param items number of items of the demo shop, 100 to 1,000,000
 * @param shop seed of the demo shop; another one gives another shop of the same kind
 * @param out folder for data, runs and the report
 */
record QuickstartSettings(int seeds, long firstSeed, int users, int items, long shop, Path out) {
    /** Checks the ranges. */
    public QuickstartSettings {
        new Checks()
                .between("seeds", seeds, 1, 100)
                .between("users", users, 100, 1_000_000)
                .between("items", items, 100, 1_000_000)
                .done();
    }

    /** Five seeds on the quickstart's shop. */
    public static QuickstartSettings defaults(Path out) {
        return new QuickstartSettings(
                5,
                1,
                DemoSettings.QUICKSTART.users(),
                DemoSettings.QUICKSTART.items(),
                DemoSettings.QUICKSTART.seed(),
                out);
    }

    /** The seeds, in order. */
    public List<Long> seedList() {
        return LongStream.range(firstSeed, firstSeed + seeds).boxed().toList();
    }

    /** Folder of a run. */
    public Path run(MethodSettings method, long seed) {
        return out.resolve("runs").resolve(method.file() + "-" + seed);
    }

    /** The charts of the results as an image file. */
    public Path picture() {
        return out.resolve("slices.svg");
    }

    /** The report. */
    public Path report() {
        return out.resolve("report.html");
    }
}
