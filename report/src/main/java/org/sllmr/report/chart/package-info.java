// SPDX-License-Identifier: Apache-2.0
/** Charts as SVG, drawn without a browser and without scripts. */
@NullMarked
package org.sllmr.report.chart;

import org.jspecify.annotations.NullMarked;
