// SPDX-License-Identifier: Apache-2.0
/** A model's scores blended with a teacher's and with popularity, wherever that is done: in a run, and in a bundle. */
@NullMarked
package org.sllmr.teacher.blend;

import org.jspecify.annotations.NullMarked;
