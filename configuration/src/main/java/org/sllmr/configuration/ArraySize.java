// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration;

/** The size that one array can have: what would be larger is refused before work is spent on it. */
public final class ArraySize {
    /** The most elements of an array that every Java platform can make. */
    public static final int LARGEST = Integer.MAX_VALUE - 8;

    private ArraySize() {}

    /**
     * A number of elements.
     *
     * @param size the number; {@link Long#MAX_VALUE} stands for any that is larger
     * @param place what the user gave that makes it so large, such as a file or a setting
     * @param what what is counted, in the plural, such as {@code training samples}
     * @param remedy what to do, the end of a sentence
     * @throws InvalidInputException with the number and the limit if an array cannot have as many elements
     */
    public static int of(long size, String place, String what, String remedy) {
        if (size < 0 || size > LARGEST) {
            throw new InvalidInputException(
                    place,
                    "there would be " + (size < 0 || size == Long.MAX_VALUE ? "more than 2^63" : size) + " " + what
                            + ", at most " + LARGEST + " are possible; " + remedy);
        }
        return (int) size;
    }

    /**
     * The length of an array that has to become longer: at least twice what it was, as far as that is possible.
     *
     * @param length how long it is
     * @param needed how long it has to be at least
     * @throws InvalidInputException as {@link #of}
     */
    public static int grown(int length, long needed, String place, String what, String remedy) {
        return Math.max(of(needed, place, what, remedy), (int) Math.min(LARGEST, 2L * length));
    }

    /** The product of two sizes; the largest long where it is larger. */
    public static long product(long one, long other) {
        try {
            return Math.multiplyExact(one, other);
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }
}
