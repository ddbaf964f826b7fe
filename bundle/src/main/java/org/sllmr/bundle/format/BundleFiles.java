// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.List;

/** Names of a bundle's files. */
final class BundleFiles {
    static final String MANIFEST = "manifest.json";
    static final String SETTINGS = "settings.json";
    static final String FITTED = "fitted.json";
    static final String GOLDEN = "golden.json";
    static final String MODEL = "model";
    static final String ITEMS = "items";
    static final String USERS = "users";

    /** All that are listed with their checksums. */
    static final List<String> ALL = List.of(MANIFEST, SETTINGS, FITTED, GOLDEN, MODEL, ITEMS, USERS);

    static final String REMEDY = "export the run again, or copy the bundle again";

    private BundleFiles() {}
}
