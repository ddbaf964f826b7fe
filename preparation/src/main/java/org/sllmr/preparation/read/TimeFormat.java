// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

/** How the times of interactions are written. */
public enum TimeFormat {
    /** Seconds since 1970; a fraction is cut off. */
    SECONDS,
    /** Milliseconds since 1970. */
    MILLISECONDS,
    /** {@code 2014-07-23}, {@code 2014-07-23T10:15:30} (taken as UTC) or {@code 2014-07-23T10:15:30+02:00}. */
    ISO
}
