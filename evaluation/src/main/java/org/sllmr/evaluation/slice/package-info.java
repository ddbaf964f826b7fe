// SPDX-License-Identifier: Apache-2.0
/** Metrics by part of the samples, with intervals. */
@NullMarked
package org.sllmr.evaluation.slice;

import org.jspecify.annotations.NullMarked;
