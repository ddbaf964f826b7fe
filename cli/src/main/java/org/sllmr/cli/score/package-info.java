// SPDX-License-Identifier: Apache-2.0
/** Commands that ask the teacher, and describe its scores. */
@NullMarked
package org.sllmr.cli.score;

import org.jspecify.annotations.NullMarked;
