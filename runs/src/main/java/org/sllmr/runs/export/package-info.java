// SPDX-License-Identifier: Apache-2.0
/** Makes bundles of runs. */
@NullMarked
package org.sllmr.runs.export;

import org.jspecify.annotations.NullMarked;
