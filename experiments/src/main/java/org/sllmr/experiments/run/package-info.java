// SPDX-License-Identifier: Apache-2.0
/** What a finished run leaves behind, written whole or not at all. */
@NullMarked
package org.sllmr.experiments.run;

import org.jspecify.annotations.NullMarked;
