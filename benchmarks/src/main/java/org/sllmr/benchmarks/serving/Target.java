// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.serving;

import java.time.Duration;

/** A server of this machine. */
interface Target {
    /** Where it listens. */
    int port();

    /** Its processor time so far. */
    Duration processorTime();
}
