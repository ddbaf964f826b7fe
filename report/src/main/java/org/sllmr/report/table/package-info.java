// SPDX-License-Identifier: Apache-2.0
/** The one table model, and the ways to write it: for a terminal, in Markdown and in LaTeX; pages write it as HTML. */
@NullMarked
package org.sllmr.report.table;

import org.jspecify.annotations.NullMarked;
