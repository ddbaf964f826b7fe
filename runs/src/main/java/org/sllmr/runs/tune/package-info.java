// SPDX-License-Identifier: Apache-2.0
/**
 * Search for settings by a validation metric.
 *
 * <p>It has no access to test data: its inputs are {@link org.sllmr.runs.tune.SearchInputs}.
 */
@NullMarked
package org.sllmr.runs.tune;

import org.jspecify.annotations.NullMarked;
