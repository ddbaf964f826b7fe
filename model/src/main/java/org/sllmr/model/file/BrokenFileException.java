// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.file;

/** A file is not what it should be. */
final class BrokenFileException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says why, as the sentence that follows the file's name. */
    BrokenFileException(String why) {
        super(why);
    }
}
