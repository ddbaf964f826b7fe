// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

/**
 * A run that failed, as it is kept beside the runs.
 *
 * @param message why
 * @param repeatable whether it would fail again: training that diverges does, a full disk need not
 * @param configurationHash hash of all that decides the run: settings, data and teacher's scores
 */
record Failure(String message, boolean repeatable, String configurationHash) {}
