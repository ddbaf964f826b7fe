// SPDX-License-Identifier: Apache-2.0
/** What is sent to tasks and comes back, in forms that each of Spark's serializers can send. */
@NullMarked
package org.sllmr.spark.sent;

import org.jspecify.annotations.NullMarked;
