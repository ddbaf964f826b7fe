// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.util.Locale;

/** Names of enum constants in the store: lower case with hyphens. */
final class Names {
    private Names() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
