// SPDX-License-Identifier: Apache-2.0
/** Files and folders that are there whole or not at all, and that are checked when they are read. */
@NullMarked
package org.sllmr.data.file;

import org.jspecify.annotations.NullMarked;
