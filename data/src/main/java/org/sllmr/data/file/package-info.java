// SPDX-License-Identifier: Apache-2.0
/** Files and folders that are written completely or not at all, and checked when they are read. */
@NullMarked
package org.sllmr.data.file;

import org.jspecify.annotations.NullMarked;
