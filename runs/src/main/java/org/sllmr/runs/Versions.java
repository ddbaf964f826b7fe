// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Map;
import java.util.TreeMap;
import org.sllmr.model.network.Libraries;

/** Versions of what computes a run's numbers. */
public final class Versions {
    private Versions() {}

    /** Versions by name, in alphabetical order. */
    public static Map<String, String> ofLibraries() {
        Map<String, String> versions = new TreeMap<>(Libraries.versions());
        versions.put("sllmr", Build.current().version());
        return versions;
    }
}
