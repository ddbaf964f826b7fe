/** Adam and AdamW: settings, and the constants of each step. */
@NullMarked
package org.sllmr.model.optimizer;

import org.jspecify.annotations.NullMarked;
