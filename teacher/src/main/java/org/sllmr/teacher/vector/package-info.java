// SPDX-License-Identifier: Apache-2.0
/**
 * Items as vectors, whoever made them: what is nearest to a history, clusters, and the teacher who scores by cosine. Plain
 * Java.
 */
@NullMarked
package org.sllmr.teacher.vector;

import org.jspecify.annotations.NullMarked;
