/** JMH measurements of single loops, each beside the simple way to do the same. */
@NullMarked
package org.sllmr.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
