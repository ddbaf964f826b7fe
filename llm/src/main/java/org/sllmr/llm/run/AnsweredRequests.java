// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.AnswerStore;

/** The requests that have an answer in a store. */
final class AnsweredRequests {
    private AnsweredRequests() {}

    /** Their indices. */
    static BitSet of(AnswerStore store, Requests requests) throws IOException {
        Set<RequestKey> keys = new HashSet<>();
        store.forEachAnswered(keys::add);
        BitSet answered = new BitSet(requests.size());
        for (int index = 0; !keys.isEmpty() && index < requests.size(); index++) {
            answered.set(index, keys.contains(requests.request(index).key()));
        }
        return answered;
    }
}
