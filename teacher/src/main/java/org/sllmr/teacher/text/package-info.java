// SPDX-License-Identifier: Apache-2.0
/** Texts that a language model writes about items, users and training samples: what they are made from, and their table. */
@NullMarked
package org.sllmr.teacher.text;

import org.jspecify.annotations.NullMarked;
