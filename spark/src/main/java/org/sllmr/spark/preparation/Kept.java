// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Tables that Spark keeps, in memory or on disk, while a job needs them. */
final class Kept implements AutoCloseable {
    private final List<Dataset<Row>> tables = new ArrayList<>();

    /** Has Spark keep a table from its first use on. */
    Dataset<Row> keep(Dataset<Row> table) {
        Dataset<Row> kept = table.persist(StorageLevel.MEMORY_AND_DISK());
        tables.add(kept);
        return kept;
    }

    /** Forgets all tables but some. */
    void release(List<Dataset<Row>> but) {
        Set<Dataset<Row>> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(but);
        for (Dataset<Row> table : List.copyOf(tables)) {
            if (!wanted.contains(table)) {
                table.unpersist();
                tables.remove(table);
            }
        }
    }

    @Override
    public void close() {
        release(List.of());
    }
}
