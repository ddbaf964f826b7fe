// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

/** The format of the times of interactions. */
public enum TimeFormat {
    /** Seconds since 1970; a fraction is cut off. */
    SECONDS,
    /** Milliseconds since 1970. */
    MILLISECONDS,
    /** Microseconds since 1970. */
    MICROSECONDS,
    /** Nanoseconds since 1970. */
    NANOSECONDS,
    /**
     * {@code 2014-07-23}, {@code 2014-07-23T10:15:30} (taken as UTC) or {@code 2014-07-23T10:15:30+02:00}. A space may
     * replace the T and precede the zone, which may also be {@code UTC}, {@code GMT}, {@code Z} or {@code +0200}.
     */
    ISO
}
