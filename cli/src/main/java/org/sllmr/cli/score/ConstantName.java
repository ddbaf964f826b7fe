// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.util.Locale;

/** The name of an enum constant in text and JSON, such as of a source of candidates or a slice. */
final class ConstantName {
    private ConstantName() {}

    static String of(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
