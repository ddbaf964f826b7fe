// SPDX-License-Identifier: Apache-2.0
/** Checks of this machine's setup. */
@NullMarked
package org.sllmr.cli.doctor;

import org.jspecify.annotations.NullMarked;
