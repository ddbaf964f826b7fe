// SPDX-License-Identifier: Apache-2.0
/** Shared parts of the commands. */
@NullMarked
package org.sllmr.cli.command;

import org.jspecify.annotations.NullMarked;
