// SPDX-License-Identifier: Apache-2.0
/** The comparison that a newcomer sees first: a backbone alone and with guidance. */
@NullMarked
package org.sllmr.experiments.quickstart;

import org.jspecify.annotations.NullMarked;
