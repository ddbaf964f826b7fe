// SPDX-License-Identifier: Apache-2.0
/** The report of an experiment: results of a grid beside published numbers, as tables and a page. */
@NullMarked
package org.sllmr.report.presentation;

import org.jspecify.annotations.NullMarked;
