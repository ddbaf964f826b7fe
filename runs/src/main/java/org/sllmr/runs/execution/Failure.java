// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

/**
 * The stored record of a failed run.
 *
 * @param message why
 * @param repeatable whether it would fail again, as diverging training does but a full disk does not
 * @param configurationHash hash of everything that decides the run: settings, data and teacher's scores
 */
record Failure(String message, boolean repeatable, String configurationHash) {}
