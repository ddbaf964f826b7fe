/** Layers, and the one flat buffer in which their parameters live. */
@NullMarked
package org.sllmr.model.layer;

import org.jspecify.annotations.NullMarked;
