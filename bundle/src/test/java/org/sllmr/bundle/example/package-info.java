// SPDX-License-Identifier: Apache-2.0
/** The program of docs/how-to/recommend-from-java.md. */
@NullMarked
package org.sllmr.bundle.example;

import org.jspecify.annotations.NullMarked;
