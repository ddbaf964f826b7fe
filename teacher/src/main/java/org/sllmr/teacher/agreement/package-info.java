/** How far two teachers say the same. */
@NullMarked
package org.sllmr.teacher.agreement;

import org.jspecify.annotations.NullMarked;
