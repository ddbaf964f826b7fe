// SPDX-License-Identifier: Apache-2.0
/** Output: results on standard output, progress and logs on standard error. */
@NullMarked
package org.sllmr.cli.terminal;

import org.jspecify.annotations.NullMarked;
