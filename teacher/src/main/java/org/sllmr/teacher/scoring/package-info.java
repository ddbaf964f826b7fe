// SPDX-License-Identifier: Apache-2.0
/** From a plan to the table of scores that training reads. */
@NullMarked
package org.sllmr.teacher.scoring;

import org.jspecify.annotations.NullMarked;
