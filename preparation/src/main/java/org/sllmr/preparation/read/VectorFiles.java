// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;

/** Brings the vectors of files by id into the order of items or users. */
final class VectorFiles {
    private VectorFiles() {}

    /**
     * Reads the files.
     *
     * @param noun what an id names
     * @param ids the ids, each of which must have a vector; a file may have further ones
     * @param places where each id is named
     */
    static List<VectorColumn> read(
            String noun, List<VectorSource> sources, Vocabulary ids, Places places, ProgressListener listener) {
        List<VectorColumn> columns = new ArrayList<>();
        for (VectorSource source : sources) {
            EntityReader reader = new EntityReader(
                    noun,
                    source.file(),
                    Table.open(source.file()),
                    source.id(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(source.column()));
            reader.read(listener);
            columns.add(inOrder(noun, source, reader.ids(), reader.vectors().get(0), ids, places));
        }
        return columns;
    }

    private static VectorColumn inOrder(
            String noun, VectorSource source, Vocabulary found, VectorColumn read, Vocabulary ids, Places places) {
        String file = source.file().path().toString();
        ProblemList problems = new ProblemList(file);
        int width = read.width();
        float[] values = new float[Math.multiplyExact(ids.size(), width)];
        for (int row = 0; row < ids.size(); row++) {
            int at = found.indexOf(ids.value(row));
            if (at >= 0) {
                System.arraycopy(read.values(), at * width, values, row * width, width);
            } else if (problems.hasRoom()) {
                problems.add(
                        file,
                        "has no vector for " + noun + " '" + ids.value(row) + "' of " + places.place(row)
                                + "; add it, of zeros where nothing is known");
            } else {
                problems.addUnshown();
            }
        }
        problems.throwIfAny();
        return new VectorColumn(read.name(), width, values, "");
    }
}
