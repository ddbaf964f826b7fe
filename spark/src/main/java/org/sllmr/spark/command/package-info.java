// SPDX-License-Identifier: Apache-2.0
/** The jobs behind the commands of the command line; the other packages know nothing of these. */
@NullMarked
package org.sllmr.spark.command;

import org.jspecify.annotations.NullMarked;
