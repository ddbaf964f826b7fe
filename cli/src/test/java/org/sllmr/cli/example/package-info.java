// SPDX-License-Identifier: Apache-2.0
/** A backbone that is not one of this project's. */
@NullMarked
package org.sllmr.cli.example;

import org.jspecify.annotations.NullMarked;
