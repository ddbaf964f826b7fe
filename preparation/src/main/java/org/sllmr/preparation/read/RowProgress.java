// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import org.sllmr.data.ProgressListener;

/** Reports from time to time how many rows of a file have been read. */
final class RowProgress {
    private static final int ROWS_BETWEEN_REPORTS = 1 << 16;

    private final ProgressListener listener;
    private final String stage;

    RowProgress(ProgressListener listener, TableFile file) {
        this.listener = listener;
        this.stage = "reading " + file.path().getFileName();
    }

    void at(Row row) {
        if (row.number() % ROWS_BETWEEN_REPORTS == 0) {
            listener.progressed(stage, row.number(), 0);
        }
    }
}
