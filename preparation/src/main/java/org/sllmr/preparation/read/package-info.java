/** From files to interactions, items and users as the source gives them, with the line of each for messages. */
@NullMarked
package org.sllmr.preparation.read;

import org.jspecify.annotations.NullMarked;
