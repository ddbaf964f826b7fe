// SPDX-License-Identifier: Apache-2.0
/** What a finished run leaves behind, written whole or not at all. */
@NullMarked
package org.sllmr.runs;

import org.jspecify.annotations.NullMarked;
