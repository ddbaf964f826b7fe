// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.network;

import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tensor library, set to one thread for each operation.
 *
 * <p>Steps are small: two threads inside one operation gain little and, on a busy machine, make it ten times slower. Both
 * processors are used by doing two things at once instead.
 */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    static {
        for (String variable : new String[] {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}) {
            if (!"1".equals(System.getenv(variable))) {
                LOG.warn("set {}=1 in the environment: more threads in one operation make training slower", variable);
            }
        }
        torch.set_num_threads(1);
        openblas.blas_set_num_threads(1);
    }

    private static final Guard GUARD = new Guard();

    private Engine() {}

    /** Makes sure that the library is loaded and set up. */
    static void load() {}

    /**
     * Sets the library up for the calling thread.
     *
     * <p>While the guard is open, subnormal numbers count as 0: under weight decay, products of small parameters become
     * subnormal, and then a step takes several times as long. Java code outside keeps its usual arithmetic.
     */
    static Guard use() {
        torch.set_num_threads(1);
        Context.setFlushDenormal(true);
        return GUARD;
    }

    /** Until it is closed, subnormal numbers count as 0 in the thread that opened it. */
    static final class Guard implements AutoCloseable {
        @Override
        public void close() {
            Context.setFlushDenormal(false);
        }
    }
}
