// SPDX-License-Identifier: Apache-2.0
/** Writing files and folders so that they are there whole or not at all. */
@NullMarked
package org.sllmr.data.file;

import org.jspecify.annotations.NullMarked;
