// SPDX-License-Identifier: Apache-2.0
/** What the tests of every settings record have in common; nothing but tests uses it. */
@NullMarked
package org.sllmr.configuration.testing;

import org.jspecify.annotations.NullMarked;
