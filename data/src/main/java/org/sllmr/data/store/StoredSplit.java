// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

/** How a dataset says which samples are of training, validation and test. */
public sealed interface StoredSplit permits Negatives, StoredParts {}
