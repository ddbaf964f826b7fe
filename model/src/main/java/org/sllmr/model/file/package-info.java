/** Tensors on disk. */
@NullMarked
package org.sllmr.model.file;

import org.jspecify.annotations.NullMarked;
