// SPDX-License-Identifier: Apache-2.0
/** Item vectors: retrieval of the nearest items, clusters, and the teacher that scores by cosine. Plain Java. */
@NullMarked
package org.sllmr.teacher.vector;

import org.jspecify.annotations.NullMarked;
