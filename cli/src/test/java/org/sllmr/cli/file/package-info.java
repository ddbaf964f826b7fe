// SPDX-License-Identifier: Apache-2.0
/** Tests of every stored file format: golden files and corruption. */
@NullMarked
package org.sllmr.cli.file;

import org.jspecify.annotations.NullMarked;
