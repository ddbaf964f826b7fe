// SPDX-License-Identifier: Apache-2.0
/** Selects the items about which a teacher is asked for each user, from training interactions only. */
@NullMarked
package org.sllmr.teacher.plan;

import org.jspecify.annotations.NullMarked;
