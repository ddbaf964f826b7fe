// SPDX-License-Identifier: Apache-2.0
/** The quickstart as a command. */
@NullMarked
package org.sllmr.cli.quickstart;

import org.jspecify.annotations.NullMarked;
