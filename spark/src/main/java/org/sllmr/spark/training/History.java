// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import org.apache.spark.broadcast.Broadcast;

/**
 * How a model became what it is: a whole state, and what each round since has changed. An executor fetches only what it has
 * not seen.
 *
 * @param state the whole state
 * @param steps steps that it has made
 * @param changes the changes since, in their order
 * @param ends number of steps made after each of them
 */
record History(Broadcast<SentState> state, int steps, ArrayList<Broadcast<SentChange>> changes, ArrayList<Integer> ends)
        implements Serializable {
    /** Number of steps made after all changes. */
    int end() {
        return ends.isEmpty() ? steps : ends.get(ends.size() - 1);
    }
}
