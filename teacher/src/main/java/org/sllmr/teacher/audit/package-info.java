// SPDX-License-Identifier: Apache-2.0
/** Evaluates a teacher before anything is trained with it. */
@NullMarked
package org.sllmr.teacher.audit;

import org.jspecify.annotations.NullMarked;
