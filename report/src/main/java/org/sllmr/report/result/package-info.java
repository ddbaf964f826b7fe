// SPDX-License-Identifier: Apache-2.0
/** Results of methods over seeds, their differences, and their tables. */
@NullMarked
package org.sllmr.report.result;

import org.jspecify.annotations.NullMarked;
