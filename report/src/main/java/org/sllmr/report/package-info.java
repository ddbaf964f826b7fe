// SPDX-License-Identifier: Apache-2.0
/** The page that shows an experiment: one HTML file that needs nothing else. */
@NullMarked
package org.sllmr.report;

import org.jspecify.annotations.NullMarked;
