// SPDX-License-Identifier: Apache-2.0
/** The server's answers under load, beside ONNX Runtime. */
@NullMarked
package org.sllmr.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
