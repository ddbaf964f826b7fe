// SPDX-License-Identifier: Apache-2.0
/** The example of docs/how-to/use-from-java.md. */
@NullMarked
package org.sllmr.runs.example;

import org.jspecify.annotations.NullMarked;
