// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Column;
import org.sllmr.data.ColumnBuilder;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.preparation.PartKind;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.TimeBounds;
import org.sllmr.preparation.UserBlock;
import org.sllmr.preparation.read.RawLabels;
import org.sllmr.preparation.read.RawLog;

/**
 * Makes the pieces of a dataset from rows that are sorted by piece, user and place in the source.
 *
 * @param settings as {@link Settings} writes them
 * @param kind what decides on the parts
 * @param validationFrom by time: first time of the validation part
 * @param testFrom by time: first time of the test part
 * @param items number of items of the dataset
 */
record PrepareUsers(String settings, PartKind kind, long validationFrom, long testFrom, int items)
        implements FlatMapFunction<Iterator<Row>, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        PreparationSettings read = Settings.read(settings);
        return new Iterator<>() {
            private @Nullable Row next = rows.hasNext() ? rows.next() : null;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public byte[] next() {
                Row row = next;
                if (row == null) {
                    throw new NoSuchElementException();
                }
                int piece = row.<Integer>getAs(Numbering.PIECE);
                Block block = new Block(read);
                while (row != null && row.<Integer>getAs(Numbering.PIECE) == piece) {
                    block.add(row);
                    row = rows.hasNext() ? rows.next() : null;
                }
                next = row;
                return block.prepare().encode();
            }
        };
    }

    /** The rows of one piece. */
    private final class Block {
        private final PreparationSettings settings;
        private final List<ColumnBuilder> fields = new ArrayList<>();
        private final List<String> userIds = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
        private int firstUser = -1;
        private int lastUser = -1;

        Block(PreparationSettings settings) {
            this.settings = settings;
            Interactions.contextFields(settings).forEach(name -> fields.add(new ColumnBuilder(name)));
        }

        void add(Row row) {
            int user = row.<Integer>getAs(Numbering.USER_NUMBER);
            if (user != lastUser) {
                firstUser = firstUser < 0 ? user : firstUser;
                lastUser = user;
                userIds.add(row.getAs(Interactions.USER));
            }
            rows.add(row);
            if (!fields.isEmpty()) {
                List<scala.collection.Seq<String>> context = row.getList(row.fieldIndex(Interactions.CONTEXT));
                for (int field = 0; field < fields.size(); field++) {
                    fields.get(field).add(scala.jdk.javaapi.CollectionConverters.asJava(context.get(field)));
                }
            }
        }

        SentPiece prepare() {
            int[] users = rows.stream()
                    .mapToInt(row -> row.<Integer>getAs(Numbering.USER_NUMBER) - firstUser)
                    .toArray();
            int[] taken = rows.stream()
                    .mapToInt(row -> row.<Integer>getAs(Numbering.ITEM_NUMBER))
                    .toArray();
            long[] times = longs(Interactions.TIME);
            boolean positions = settings.sources().interactions().position().isPresent();
            RawLog log = new RawLog(
                    row -> Long.toString(rows.get((int) row).getAs(Interactions.ROW)),
                    new Vocabulary(userIds),
                    new Vocabulary(List.of()),
                    users,
                    taken,
                    times,
                    positions ? longs(Interactions.POSITION) : new long[0],
                    columns(),
                    numbers(),
                    RawLabels.none());
            try {
                return SentPiece.of(UserBlock.of(log, firstUser, items, parts(times), kind, settings.split()));
            } catch (InvalidInputException e) {
                Problem problem = e.problems().get(0);
                return SentPiece.problem(Long.parseLong(problem.where()), problem.what());
            }
        }

        private List<Column> columns() {
            return fields.stream().map(ColumnBuilder::build).toList();
        }

        private List<NumberColumn> numbers() {
            List<String> names = settings.sources().interactions().numbers();
            List<NumberColumn> columns = new ArrayList<>();
            for (int number = 0; number < names.size(); number++) {
                float[] values = new float[rows.size()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = (Float) rows.get(row)
                            .getList(rows.get(row).fieldIndex(Interactions.NUMBERS))
                            .get(number);
                }
                columns.add(new NumberColumn(names.get(number), values));
            }
            return columns;
        }

        private long[] longs(String column) {
            return rows.stream().mapToLong(row -> row.<Long>getAs(column)).toArray();
        }

        private byte[] parts(long[] times) {
            if (kind == PartKind.LEAVE_ONE_OUT) {
                return new byte[0];
            }
            TimeBounds bounds = new TimeBounds(validationFrom, testFrom);
            byte[] parts = new byte[times.length];
            for (int row = 0; row < parts.length; row++) {
                parts[row] = bounds.part(times[row]);
            }
            return parts;
        }
    }
}
