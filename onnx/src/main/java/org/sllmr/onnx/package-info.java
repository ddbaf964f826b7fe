// SPDX-License-Identifier: Apache-2.0
/** A trained model as one ONNX file, for other engines than this one. */
@NullMarked
package org.sllmr.onnx;

import org.jspecify.annotations.NullMarked;
