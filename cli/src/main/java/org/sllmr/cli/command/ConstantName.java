// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.util.Locale;

/** The name of an enum constant in options, text and JSON, such as of a source of candidates or a slice. */
public final class ConstantName {
    private ConstantName() {}

    /** In lower case, with hyphens. */
    public static String of(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
