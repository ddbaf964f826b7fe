// SPDX-License-Identifier: Apache-2.0
/**
 * Search for settings by validation metrics.
 *
 * <p>Nothing here can reach test data: what is searched on is {@link org.sllmr.experiments.tune.SearchInputs}.
 */
@NullMarked
package org.sllmr.experiments.tune;

import org.jspecify.annotations.NullMarked;
