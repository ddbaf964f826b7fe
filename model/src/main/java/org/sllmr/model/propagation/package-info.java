// SPDX-License-Identifier: Apache-2.0
/** Embeddings of users and items propagated over the graph of the training interactions. */
@NullMarked
package org.sllmr.model.propagation;

import org.jspecify.annotations.NullMarked;
