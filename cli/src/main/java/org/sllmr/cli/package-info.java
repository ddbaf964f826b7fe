// SPDX-License-Identifier: Apache-2.0
/** The program's entry point: parsing, help, errors and exit codes. */
@NullMarked
package org.sllmr.cli;

import org.jspecify.annotations.NullMarked;
