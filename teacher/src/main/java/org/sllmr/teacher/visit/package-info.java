// SPDX-License-Identifier: Apache-2.0
/** The teacher that counts visits: random walks over the graph of users and items. */
@NullMarked
package org.sllmr.teacher.visit;

import org.jspecify.annotations.NullMarked;
