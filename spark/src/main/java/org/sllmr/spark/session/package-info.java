// SPDX-License-Identifier: Apache-2.0
/** Where jobs run: on the cluster of {@code spark-submit}, or on the processors of this machine. */
@NullMarked
package org.sllmr.spark.session;

import org.jspecify.annotations.NullMarked;
