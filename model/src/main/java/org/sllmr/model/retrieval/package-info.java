// SPDX-License-Identifier: Apache-2.0
/** Training samples that are alike, as examples for others. */
@NullMarked
package org.sllmr.model.retrieval;

import org.jspecify.annotations.NullMarked;
