/** The dataset and its folder, which preparation writes and everything else reads. */
@NullMarked
package org.sllmr.data.store;

import org.jspecify.annotations.NullMarked;
