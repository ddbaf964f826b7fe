// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.util.Map;
import org.sllmr.runs.RunSettings;

/**
 * One drawn combination of settings.
 *
 * @param number its number, from 1
 * @param values the drawn settings, in the order of the ranges
 * @param settings all settings
 */
record Trial(int number, Map<String, String> values, RunSettings settings) {}
