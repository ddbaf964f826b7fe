// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.regex.Pattern;

/** Reads numbers as text files write them. */
final class NumberReader {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private NumberReader() {}

    /** Text that is not a number which fits into a float. */
    static final class NotANumberException extends Exception {
        private static final long serialVersionUID = 1L;

        NotANumberException(String what) {
            super(what);
        }
    }

    /** A finite number. */
    static float read(String text) throws NotANumberException {
        if (!NUMBER.matcher(text).matches()) {
            throw new NotANumberException("is not a number");
        }
        float value = Float.parseFloat(text);
        if (Float.isInfinite(value)) {
            throw new NotANumberException("is too large: numbers are at most " + Float.MAX_VALUE);
        }
        return value;
    }
}
