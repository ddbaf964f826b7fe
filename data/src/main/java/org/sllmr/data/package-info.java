// SPDX-License-Identifier: Apache-2.0
/** The dataset in memory: columns, histories stored once, samples that point into them. */
@NullMarked
package org.sllmr.data;

import org.jspecify.annotations.NullMarked;
