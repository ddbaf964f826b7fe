// SPDX-License-Identifier: Apache-2.0
/** Recommendations for many users into a file. */
@NullMarked
package org.sllmr.serving.batch;

import org.jspecify.annotations.NullMarked;
