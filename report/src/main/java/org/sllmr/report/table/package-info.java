// SPDX-License-Identifier: Apache-2.0
/** The one table model, and its formats: terminal, Markdown and LaTeX; pages write it as HTML. */
@NullMarked
package org.sllmr.report.table;

import org.jspecify.annotations.NullMarked;
