// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.retrieval;

import java.util.HashMap;
import java.util.Map;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.SampleVectors;

/**
 * The vectors of the chains of thought of a pool's samples, each of length 1, or 0 where there is none.
 *
 * @param width floats of a vector
 * @param values {@code [samples, width]}
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record Chains(int width, float[] values) {
    private record Key(int user, int position, int item, int label) {}

    /** Those that were written. */
    static Chains written(SampleVectors written, Instances pool, byte[] labels) {
        Map<Key, Integer> places = new HashMap<>();
        Instances of = written.samples();
        for (int text = 0; text < of.size(); text++) {
            places.put(new Key(of.users()[text], of.positions()[text], of.items()[text], written.labels()[text]), text);
        }
        int width = written.width();
        float[] values = new float[pool.size() * width];
        for (int sample = 0; sample < pool.size(); sample++) {
            Integer text = places.get(
                    new Key(pool.users()[sample], pool.positions()[sample], pool.items()[sample], labels[sample]));
            if (text != null) {
                System.arraycopy(written.values(), text * width, values, sample * width, width);
                Similarities.normalise(values, sample * width, width);
            }
        }
        return new Chains(width, values);
    }

    /** Directions of item and history together. */
    static Chains ofItems(Similarities similarities, InteractionLog log, Instances pool) {
        int width = similarities.width();
        float[] values = new float[pool.size() * width];
        for (int sample = 0; sample < pool.size(); sample++) {
            similarities.joined(
                    log, pool.users()[sample], pool.positions()[sample], pool.items()[sample], values, sample * width);
        }
        return new Chains(width, values);
    }

    void copy(int sample, float[] target, int at) {
        System.arraycopy(values, sample * width, target, at, width);
    }
}
