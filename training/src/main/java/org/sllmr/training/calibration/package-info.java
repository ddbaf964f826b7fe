// SPDX-License-Identifier: Apache-2.0
/** Fits the teacher's reliability on training interactions that neither it nor the model has seen. */
@NullMarked
package org.sllmr.training.calibration;

import org.jspecify.annotations.NullMarked;
