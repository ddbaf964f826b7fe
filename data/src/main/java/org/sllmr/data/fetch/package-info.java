/** Downloads public datasets. */
@NullMarked
package org.sllmr.data.fetch;

import org.jspecify.annotations.NullMarked;
