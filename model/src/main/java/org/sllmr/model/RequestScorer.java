// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;
import org.sllmr.model.schema.GivenValues;

/**
 * Scores items for one user at a time, in any number of threads. Its scores have the bits of {@link CatalogueScorer}; but
 * what is known of the user comes with the request.
 *
 * <p>The blocks of a request are scored by the thread that asks, and by those of the common pool that have nothing else to
 * do.
 *
 * <p>Items have numbers: those of the catalogue, then from its size on the new items of a request.
 */
public interface RequestScorer {
    /**
     * Who is asking, and what is known besides the dataset.
     *
     * @param user the user, or -1 for one whom training has not seen
     * @param history numbers of the items before, the oldest first
     * @param ofUser values of the user, in place of those that training knew
     * @param context values of the interaction to come
     * @param items values of new items
     */
    record Request(int user, int[] history, GivenValues ofUser, GivenValues context, List<GivenValues> items) {
        /** Copies the list. */
        public Request {
            items = List.copyOf(items);
        }

        /** The same with another history. */
        public Request with(int[] other) {
            return new Request(user, other, ofUser, context, items);
        }
    }

    /** The same scorer, with the same memory for items, that leaves all other threads alone. */
    RequestScorer inCallingThread();

    /**
     * The scores of all items of the catalogue.
     *
     * @param deadline asked before each block of items
     * @return {@code [items]}
     * @throws TooLateException if the deadline is over
     */
    float[] all(Request request, Deadline deadline);

    /** The same, however long it takes. */
    default float[] all(Request request) {
        return all(request, Deadline.NONE);
    }

    /**
     * The scores of some items.
     *
     * @param numbers of the items, in any order
     * @param deadline asked before each block of items
     * @return one an item, in their order
     * @throws TooLateException if the deadline is over
     */
    float[] some(Request request, int[] numbers, Deadline deadline);

    /** The same, however long it takes. */
    default float[] some(Request request, int[] numbers) {
        return some(request, numbers, Deadline.NONE);
    }

    /**
     * What the model holds of items: the embeddings of all their fields, one behind the other, or where it has none, the
     * vectors that it reads.
     *
     * @param given values of the new items
     * @return {@code [items, width]}
     */
    float[][] embeddings(int[] numbers, List<GivenValues> given);
}
