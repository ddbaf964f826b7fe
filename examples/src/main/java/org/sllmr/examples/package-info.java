// SPDX-License-Identifier: Apache-2.0
/** Programs that use the library; pages of the documentation show them as they are. */
@NullMarked
package org.sllmr.examples;

import org.jspecify.annotations.NullMarked;
