// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Samples;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.store.Negatives;
import org.sllmr.data.store.RowPiece;
import org.sllmr.data.store.StoredParts;
import org.sllmr.data.store.StoredSplit;
import org.sllmr.spark.sent.SentBytes;
import org.sllmr.spark.sent.SentLog;

/**
 * A {@link RowPiece} in the form in which a task returns it, or why there is none.
 *
 * @param log the interactions
 * @param fields the context fields
 * @param numbers the context numbers
 * @param split which samples are of which part
 * @param problemRow the row in the source that has the problem, -1 if there is none
 * @param problem what is wrong with it
 */
record SentPiece(
        SentLog log, List<SentField> fields, float[][] numbers, SentSplit split, long problemRow, String problem)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A context field: its values by number, and the numbers of each row. */
    record SentField(String[] vocabulary, int[] offsets, int[] values) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** A split as its arrays, in the order of its components; "" for the kind of leave-one-out. */
    record SentSplit(String kind, int perPositive, int[][] arrays) implements Serializable {
        private static final long serialVersionUID = 1L;

        static SentSplit of(StoredSplit split) {
            if (split instanceof Negatives drawn) {
                return new SentSplit(
                        "", drawn.perPositive(), new int[][] {drawn.training(), drawn.validation(), drawn.test()});
            }
            StoredParts parts = (StoredParts) split;
            List<int[]> arrays =
                    new ArrayList<>(List.of(parts.trainingLengths(), parts.validationLengths(), parts.contexts()));
            for (Samples samples : List.of(parts.training(), parts.validation(), parts.test())) {
                Instances rows = samples.instances();
                arrays.addAll(List.of(rows.users(), rows.items(), rows.positions(), rows.contexts()));
            }
            return new SentSplit(parts.kind(), parts.training().groupSize() - 1, arrays.toArray(int[][]::new));
        }

        StoredSplit open() {
            if (kind.isEmpty()) {
                return new Negatives(perPositive, arrays[0], arrays[1], arrays[2]);
            }
            return new StoredParts(
                    kind, samples(3), samples(7), samples(11), Optional.empty(), arrays[0], arrays[1], arrays[2]);
        }

        private Samples samples(int at) {
            return new Samples(new Instances(arrays[at], arrays[at + 1], arrays[at + 2], arrays[at + 3]), perPositive);
        }
    }

    static SentPiece of(RowPiece piece) {
        ArrayList<SentField> fields = new ArrayList<>();
        for (Column field : piece.contextFields()) {
            fields.add(
                    new SentField(field.vocabulary().values().toArray(String[]::new), field.offsets(), field.values()));
        }
        float[][] numbers =
                piece.contextNumbers().stream().map(NumberColumn::values).toArray(float[][]::new);
        return new SentPiece(SentLog.of(piece.log()), fields, numbers, SentSplit.of(piece.split()), -1, "");
    }

    static SentPiece problem(long row, String what) {
        return new SentPiece(
                new SentLog(new int[0], new int[0], new long[0]),
                List.of(),
                new float[0][],
                new SentSplit("", 1, new int[][] {{}, {}, {}}),
                row,
                what);
    }

    /** As bytes, which every serializer of Spark can send. */
    byte[] encode() {
        return SentBytes.of(this);
    }

    static SentPiece decode(byte[] bytes) {
        return SentBytes.read(bytes, SentPiece.class);
    }

    RowPiece open(List<String> fieldNames, List<String> numberNames) {
        List<Column> columns = new ArrayList<>();
        for (int at = 0; at < fields.size(); at++) {
            SentField field = fields.get(at);
            columns.add(new Column(
                    fieldNames.get(at),
                    new Vocabulary(Arrays.asList(field.vocabulary())),
                    field.offsets(),
                    field.values()));
        }
        List<NumberColumn> numberColumns = new ArrayList<>();
        for (int at = 0; at < numbers.length; at++) {
            numberColumns.add(new NumberColumn(numberNames.get(at), numbers[at]));
        }
        return new RowPiece(log.open(), columns, numberColumns, split.open());
    }
}
