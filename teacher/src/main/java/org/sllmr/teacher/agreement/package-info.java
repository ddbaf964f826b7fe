/** Agreement between two teachers. */
@NullMarked
package org.sllmr.teacher.agreement;

import org.jspecify.annotations.NullMarked;
