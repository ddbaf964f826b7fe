// SPDX-License-Identifier: Apache-2.0
/** Results of methods over seeds, their differences, and the tables that state them. */
@NullMarked
package org.sllmr.report.result;

import org.jspecify.annotations.NullMarked;
