// SPDX-License-Identifier: Apache-2.0
/** Metrics and slices of scored samples. */
@NullMarked
package org.sllmr.evaluation;

import org.jspecify.annotations.NullMarked;
