/** Reads interactions, items and users from files as they are, with the line of each for messages. */
@NullMarked
package org.sllmr.preparation.read;

import org.jspecify.annotations.NullMarked;
