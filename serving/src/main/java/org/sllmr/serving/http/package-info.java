// SPDX-License-Identifier: Apache-2.0
/** Bundles over HTTP. */
@NullMarked
package org.sllmr.serving.http;

import org.jspecify.annotations.NullMarked;
