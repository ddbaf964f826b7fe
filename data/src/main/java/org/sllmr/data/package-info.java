// SPDX-License-Identifier: Apache-2.0
/** The dataset in memory: columns, histories that are stored once, and samples that refer to them. */
@NullMarked
package org.sllmr.data;

import org.jspecify.annotations.NullMarked;
