// SPDX-License-Identifier: Apache-2.0
/** Commands that make, fetch and describe datasets. */
@NullMarked
package org.sllmr.cli.data;

import org.jspecify.annotations.NullMarked;
