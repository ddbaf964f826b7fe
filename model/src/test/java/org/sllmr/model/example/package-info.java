// SPDX-License-Identifier: Apache-2.0
/** The example of docs/how-to/add-a-backbone.md. */
@NullMarked
package org.sllmr.model.example;

import org.jspecify.annotations.NullMarked;
