/** Embedding tables in Java memory, updated row by row. */
@NullMarked
package org.sllmr.model.table;

import org.jspecify.annotations.NullMarked;
