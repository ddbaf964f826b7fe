/** Facts about a dataset, for people and for checks against published numbers. */
@NullMarked
package org.sllmr.data.describe;

import org.jspecify.annotations.NullMarked;
