// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration;

/** Checks that sizes fit into one array, before work is spent on what would not. */
public final class ArraySize {
    /** The largest array length that every Java platform supports. */
    public static final int LARGEST = Integer.MAX_VALUE - 8;

    private ArraySize() {}

    /**
     * The number of elements as an int.
     *
     * @param size the number; {@link Long#MAX_VALUE} means "that many or more"
     * @param place the file or setting that made it so large
     * @param what what is counted, in the plural, such as {@code training samples}
     * @param remedy what the user can do, as the end of a sentence
     * @throws InvalidInputException with the number and the limit if an array cannot have so many elements
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
     * The new length of an array that has to grow: at least twice the old one, up to the limit.
     *
     * @param length its length now
     * @param needed the length that it must have at least
     * @throws InvalidInputException as {@link #of}
     */
    public static int grown(int length, long needed, String place, String what, String remedy) {
        return Math.max(of(needed, place, what, remedy), (int) Math.min(LARGEST, 2L * length));
    }

    /** The product of two sizes, or {@link Long#MAX_VALUE} if it is larger than that. */
    public static long product(long one, long other) {
        try {
            return Math.multiplyExact(one, other);
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }
}
