// SPDX-License-Identifier: Apache-2.0
/** Click-through models that training drives one step at a time. */
@NullMarked
package org.sllmr.model;

import org.jspecify.annotations.NullMarked;
