// SPDX-License-Identifier: Apache-2.0
/** What a teacher table holds, in numbers. */
@NullMarked
package org.sllmr.teacher.describe;

import org.jspecify.annotations.NullMarked;
