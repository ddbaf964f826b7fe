// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Map;
import java.util.TreeMap;
import org.sllmr.model.network.Libraries;

/** Versions of the libraries that decide a run's results. */
public final class Versions {
    private Versions() {}

    /** The versions by name, in alphabetical order. */
    public static Map<String, String> ofLibraries() {
        Map<String, String> versions = new TreeMap<>(Libraries.versions());
        versions.put("sllmr", Build.current().version());
        return versions;
    }
}
