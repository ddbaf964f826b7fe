// SPDX-License-Identifier: Apache-2.0
/** The operations that networks are made of: shape, forward and backward pass, and linearity of each. */
@NullMarked
package org.sllmr.model.operation;

import org.jspecify.annotations.NullMarked;
