// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.quickstart;

import org.sllmr.experiments.run.RunFolder;

/** Trains and evaluates one method under one seed. */
@FunctionalInterface
public interface RunExecutor {
    /** Runs the method and gives the folder that it left; the same arguments give the same metrics. */
    RunFolder execute(MethodSettings method, long seed);
}
