// SPDX-License-Identifier: Apache-2.0
/** Statistics of teacher tables. */
@NullMarked
package org.sllmr.teacher.describe;

import org.jspecify.annotations.NullMarked;
