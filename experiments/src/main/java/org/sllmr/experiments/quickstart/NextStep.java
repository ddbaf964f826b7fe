// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.quickstart;

/**
 * What to do after the quickstart.
 *
 * @param purpose why one would
 * @param command the command, ready to copy
 */
public record NextStep(String purpose, String command) {}
