// SPDX-License-Identifier: Apache-2.0
/** The teacher that is trained: a ranker of item texts, made of the network graph and trained as any model is. */
@NullMarked
package org.sllmr.training.tuned;

import org.jspecify.annotations.NullMarked;
