// SPDX-License-Identifier: Apache-2.0
/** A training's state on disk. */
@NullMarked
package org.sllmr.training.checkpoint;

import org.jspecify.annotations.NullMarked;
