// SPDX-License-Identifier: Apache-2.0
/** What all commands share. */
@NullMarked
package org.sllmr.cli.command;

import org.jspecify.annotations.NullMarked;
