// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.nio.file.Path;

/** Where something is written before it is moved to its place. */
public final class Unfinished {
    private Unfinished() {}

    /**
     * A hidden name in the same folder, so that moving it is one step of the file system.
     *
     * <p>Nothing is made there: whoever writes makes a usual file or folder, which unlike a temporary one may be read by
     * everybody who may read the folder. The name differs between processes and from call to call.
     *
     * @param target an absolute path that is not a root
     */
    public static Path beside(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".unfinished-"
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()));
    }
}
