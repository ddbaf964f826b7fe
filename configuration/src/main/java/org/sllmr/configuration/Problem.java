// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration;

import java.io.Serializable;

/**
 * One error in the user's input, in words that the user can act on.
 *
 * @param where the file, file and line ({@code ratings.csv:17}), or setting ({@code guidance.margin}) at fault
 * @param what what was found there, what is allowed and, where it helps, the remedy
 */
public record Problem(String where, String what) implements Serializable {
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
