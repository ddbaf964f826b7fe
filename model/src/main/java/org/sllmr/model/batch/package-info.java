/** Which embedding rows a batch reads, and where each one goes. */
@NullMarked
package org.sllmr.model.batch;

import org.jspecify.annotations.NullMarked;
