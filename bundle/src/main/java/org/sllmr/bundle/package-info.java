// SPDX-License-Identifier: Apache-2.0
/** Recommends with a trained model; for services. */
@NullMarked
package org.sllmr.bundle;

import org.jspecify.annotations.NullMarked;
