// SPDX-License-Identifier: Apache-2.0
/**
 * Search for settings by validation metrics.
 *
 * <p>Nothing here can reach test data: what is searched on is {@link org.sllmr.runs.tune.SearchInputs}.
 */
@NullMarked
package org.sllmr.runs.tune;

import org.jspecify.annotations.NullMarked;
