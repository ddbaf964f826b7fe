/** JMH benchmarks of single loops, each beside a simple implementation. */
@NullMarked
package org.sllmr.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
