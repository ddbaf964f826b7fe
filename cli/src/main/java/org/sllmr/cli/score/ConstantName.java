// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.util.Locale;

/** How a constant, such as a source of candidates or a slice, is written for people and in JSON. */
final class ConstantName {
    private ConstantName() {}

    static String of(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
