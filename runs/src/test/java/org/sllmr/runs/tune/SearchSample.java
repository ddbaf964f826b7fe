// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sllmr.runs.Fingerprint;
import org.sllmr.runs.RunSettings;

/** A search folder with made-up results, for tests. */
public final class SearchSample {
    private static final Fingerprint DESCRIPTION =
            new Fingerprint(Map.of("search.method", "random", "search.trials", "2"));

    private SearchSample() {}

    /** Writes a search with a trial that ended and one that failed. */
    public static void write(Path folder) {
        SearchFolder search = new SearchFolder(folder);
        search.begin(DESCRIPTION);
        search.keep(trial(1), new TrialResult(1, Map.of("lambda", "0.5"), 1, 2, 0.75, List.of(0.5, 1.0), null));
        search.keep(trial(2), new TrialResult(2, Map.of("lambda", "9"), 1, 2, null, List.of(), "diverged"));
    }

    /** Reads it as a resumed search does. */
    public static List<Object> read(Path folder) {
        SearchFolder search = new SearchFolder(folder);
        search.begin(DESCRIPTION);
        return List.of(
                search.find(trial(1), 1).orElseThrow(), search.find(trial(2), 1).orElseThrow());
    }

    private static Trial trial(int number) {
        return new Trial(number, Map.of(), RunSettings.defaults());
    }
}
