// SPDX-License-Identifier: Apache-2.0
/** What a teacher knows, found out before anything is trained with it. */
@NullMarked
package org.sllmr.teacher.audit;

import org.jspecify.annotations.NullMarked;
