// SPDX-License-Identifier: Apache-2.0
/** Which items random walks over the training interactions visit from others, as an input of models. */
@NullMarked
package org.sllmr.model.visit;

import org.jspecify.annotations.NullMarked;
