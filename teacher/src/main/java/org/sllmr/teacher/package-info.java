// SPDX-License-Identifier: Apache-2.0
/** What the teacher says of users and items, as a table that training reads. */
@NullMarked
package org.sllmr.teacher;

import org.jspecify.annotations.NullMarked;
