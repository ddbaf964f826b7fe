// SPDX-License-Identifier: Apache-2.0
/** Training and judging single runs. */
@NullMarked
package org.sllmr.cli.train;

import org.jspecify.annotations.NullMarked;
