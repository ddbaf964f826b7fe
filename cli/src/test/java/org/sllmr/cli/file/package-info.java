// SPDX-License-Identifier: Apache-2.0
/** Every file format of the product: what it is, and that damage to it is refused. */
@NullMarked
package org.sllmr.cli.file;

import org.jspecify.annotations.NullMarked;
