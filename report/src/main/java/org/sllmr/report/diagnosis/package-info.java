// SPDX-License-Identifier: Apache-2.0
/** The diagnosis of a run as tables, sentences and a page. */
@NullMarked
package org.sllmr.report.diagnosis;

import org.jspecify.annotations.NullMarked;
