/** Downloads public datasets. */
@NullMarked
package org.sllmr.preparation.fetch;

import org.jspecify.annotations.NullMarked;
