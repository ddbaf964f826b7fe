/** Whether a difference between two models is significant, over seeds and over users. */
@NullMarked
package org.sllmr.evaluation.significance;

import org.jspecify.annotations.NullMarked;
