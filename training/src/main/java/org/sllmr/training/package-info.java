// SPDX-License-Identifier: Apache-2.0
/** Training a backbone, with or without guidance by the teacher. */
@NullMarked
package org.sllmr.training;

import org.jspecify.annotations.NullMarked;
