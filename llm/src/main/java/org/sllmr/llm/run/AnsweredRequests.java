// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.AttemptStore;

/**
 * The requests that have an answer in a store.
 *
 * @param indices their indices; changed by who has it
 * @param keys the keys of all answers in the store
 */
record AnsweredRequests(BitSet indices, Set<RequestKey> keys) {
    private static final float[] NO_SCORES = {};

    /** Those of a store; tells the requests their answers. */
    static AnsweredRequests of(AttemptStore store, Requests requests) throws IOException {
        Map<RequestKey, float[]> answers = new HashMap<>();
        if (requests.follow()) {
            store.forEachAnswer(answers::put);
        } else {
            store.forEachAnswered(key -> answers.put(key, NO_SCORES));
        }
        BitSet answered = new BitSet(requests.size());
        for (int index = 0; !answers.isEmpty() && index < requests.size(); index++) {
            int before = requests.before(index);
            float[] answer = before == Requests.NONE || answered.get(before)
                    ? answers.get(requests.request(index).key())
                    : null;
            if (answer != null) {
                answered.set(index);
                requests.answered(index, answer);
            }
        }
        return new AnsweredRequests(answered, answers.keySet());
    }

    /** The indices of requests that wait for the answer to another one. */
    BitSet waiting(Requests requests) {
        BitSet waiting = new BitSet();
        for (int index = 0; requests.follow() && index < requests.size(); index++) {
            int before = requests.before(index);
            waiting.set(index, before != Requests.NONE && !indices.get(before));
        }
        return waiting;
    }

    /** Number of requests that wait, one after the other, for the answer to a request. */
    static int after(Requests requests, int index) {
        int number = 0;
        for (int next = requests.after(index); next != Requests.NONE; next = requests.after(next)) {
            number++;
        }
        return number;
    }
}
