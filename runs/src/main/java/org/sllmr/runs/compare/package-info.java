// SPDX-License-Identifier: Apache-2.0
/** Which of several kinds of runs is better, by how much, and how surely. */
@NullMarked
package org.sllmr.runs.compare;

import org.jspecify.annotations.NullMarked;
