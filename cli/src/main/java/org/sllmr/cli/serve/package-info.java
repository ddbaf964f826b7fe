// SPDX-License-Identifier: Apache-2.0
/** Commands that put a trained model into service. */
@NullMarked
package org.sllmr.cli.serve;

import org.jspecify.annotations.NullMarked;
