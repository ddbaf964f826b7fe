// SPDX-License-Identifier: Apache-2.0
/** Settings as records, and problems that are all reported at once. */
@NullMarked
package org.sllmr.configuration;

import org.jspecify.annotations.NullMarked;
