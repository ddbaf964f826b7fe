// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import org.sllmr.data.ProgressListener;
import org.sllmr.training.TrainingListener;

/** Receives a quickstart's progress; runs call from several threads at once. */
interface QuickstartListener extends ProgressListener {
    /** The listener of one run's training. */
    TrainingListener training(String method, long seed);

    /** A run is complete. */
    void finished(String method, long seed);
}
