// SPDX-License-Identifier: Apache-2.0
/** Training, evaluating and comparing runs. */
@NullMarked
package org.sllmr.cli.train;

import org.jspecify.annotations.NullMarked;
