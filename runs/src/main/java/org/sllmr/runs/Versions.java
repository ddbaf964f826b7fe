// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Map;
import org.sllmr.data.Build;

/** Versions of the libraries that decide a run's results. */
public final class Versions {
    private Versions() {}

    /** Versions by name: this program's alone, since no other library computes. */
    public static Map<String, String> ofLibraries() {
        return Map.of("sllmr", Build.current().version());
    }
}
