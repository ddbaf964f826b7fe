/** Where the time of a training step goes. */
@NullMarked
package org.sllmr.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
