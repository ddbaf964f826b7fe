// SPDX-License-Identifier: Apache-2.0
/** Commands that ask the teacher, and show what it said. */
@NullMarked
package org.sllmr.cli.score;

import org.jspecify.annotations.NullMarked;
