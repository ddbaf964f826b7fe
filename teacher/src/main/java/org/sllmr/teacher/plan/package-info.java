// SPDX-License-Identifier: Apache-2.0
/** Which items a teacher is asked about for which user, decided from training history only. */
@NullMarked
package org.sllmr.teacher.plan;

import org.jspecify.annotations.NullMarked;
