// SPDX-License-Identifier: Apache-2.0
/** The teacher's scores of users and items, as a table that training reads. */
@NullMarked
package org.sllmr.teacher;

import org.jspecify.annotations.NullMarked;
