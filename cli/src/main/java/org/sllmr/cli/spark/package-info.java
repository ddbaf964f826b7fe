// SPDX-License-Identifier: Apache-2.0
/** Commands whose work is done on Apache Spark, which another module brings. */
@NullMarked
package org.sllmr.cli.spark;

import org.jspecify.annotations.NullMarked;
