// SPDX-License-Identifier: Apache-2.0
/** An experiment as tables and a page: the results of a grid beside published numbers. */
@NullMarked
package org.sllmr.report.presentation;

import org.jspecify.annotations.NullMarked;
