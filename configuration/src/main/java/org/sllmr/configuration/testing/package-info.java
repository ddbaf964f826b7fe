// SPDX-License-Identifier: Apache-2.0
/** Assertions that the tests of every settings record share; used by tests only. */
@NullMarked
package org.sllmr.configuration.testing;

import org.jspecify.annotations.NullMarked;
