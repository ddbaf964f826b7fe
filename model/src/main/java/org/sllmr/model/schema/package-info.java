/** Which categorical inputs a model sees, and which embedding tables they share. */
@NullMarked
package org.sllmr.model.schema;

import org.jspecify.annotations.NullMarked;
