// SPDX-License-Identifier: Apache-2.0
/** Reports as one self-contained HTML file. */
@NullMarked
package org.sllmr.report;

import org.jspecify.annotations.NullMarked;
