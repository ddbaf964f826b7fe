/** Pieces of networks that several backbones are composed of. */
@NullMarked
package org.sllmr.model.layer;

import org.jspecify.annotations.NullMarked;
