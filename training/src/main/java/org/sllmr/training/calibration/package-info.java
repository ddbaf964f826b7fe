// SPDX-License-Identifier: Apache-2.0
/** How reliable the teacher is, learned from training interactions that neither it nor the model has seen. */
@NullMarked
package org.sllmr.training.calibration;

import org.jspecify.annotations.NullMarked;
