// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.schema.EncodedNumbers;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.Table;

/**
 * Finds the embedding rows of (user, item, position) rows.
 *
 * <p>Most fields depend on user and position only, and rows that follow each other often share both: a positive and its
 * negatives, the candidates of one user. Such rows form a group, whose user side is looked up, pooled and
 * back-propagated once.
 */
final class Lookup {
    private final List<Field> userSide;
    private final List<Field> itemSide;
    private final List<Field> sequence;
    private final boolean byValues;
    private final List<Table> tables;
    private final int[] history;
    private Unknowns unknowns = Unknowns.NONE;

    Lookup(FeatureSchema schema, InputShape shape) {
        this.userSide = shape.pooled().stream().filter(field -> !field.ofItem()).toList();
        this.itemSide = shape.pooled().stream().filter(Field::ofItem).toList();
        this.sequence = shape.sequenceTables();
        this.byValues = schema.historyPooling() == HistoryPooling.VALUES;
        this.tables = schema.tables();
        this.history = new int[schema.historyLength()];
    }

    /** Which values count as unknown from now on. */
    void unknowns(Unknowns which) {
        unknowns = which;
    }

    /**
     * Adds the bags of one group: one for each field that depends on user and position.
     *
     * @param context row of the context columns, or -1
     */
    void group(InteractionLog log, int user, int position, int context, Bags bags) {
        boolean known = user >= 0 && user < log.users();
        group(known ? user : -1, readHistory(log, user, position), context, bags);
    }

    /**
     * Adds the bags of one group.
     *
     * @param user the user, or -1
     * @param items the items before, the oldest first
     * @param context row of the context columns, or -1
     */
    void group(int user, int[] items, int context, Bags bags) {
        group(user, readHistory(items), context, bags);
    }

    private void group(int user, int length, int context, Bags bags) {
        for (Field field : userSide) {
            Table table = tables.get(field.table());
            if (field.source() instanceof Field.UserId) {
                add(table, user, 1, bags);
            } else if (field.source() instanceof Field.UserColumn source) {
                add(source.column(), user, table, 1, bags);
            } else if (field.source() instanceof Field.ContextColumn source) {
                add(source.column(), context, table, 1, bags);
            } else if (field.source() instanceof Field.ItemHistory) {
                for (int i = 0; i < length; i++) {
                    add(table, history[i], 1f / length, bags);
                }
            } else if (field.source() instanceof Field.UserNumber source) {
                add(source.numbers(), user, table, 1, bags);
            } else if (field.source() instanceof Field.ContextNumber source) {
                add(source.numbers(), context, table, 1, bags);
            } else if (field.source() instanceof Field.NumberHistory source) {
                addMean(source.numbers(), length, table, bags);
            } else if (field.source() instanceof Field.ColumnHistory source) {
                if (byValues) {
                    addValues(source.column(), length, table, bags);
                } else {
                    for (int i = 0; i < length; i++) {
                        add(source.column(), history[i], table, length, bags);
                    }
                }
            }
            bags.end();
        }
    }

    /**
     * Adds the bags of one group's history: for each item, the oldest first, one for each field of a sequence.
     *
     * @return number of items
     */
    int sequence(InteractionLog log, int user, int position, Bags bags) {
        return sequence(readHistory(log, user, position), bags);
    }

    /** The same of given items, the oldest first. */
    int sequence(int[] items, Bags bags) {
        return sequence(readHistory(items), bags);
    }

    /** The items of the last {@link #sequence}, the oldest first; valid until the next. */
    int[] items() {
        return history;
    }

    private int sequence(int length, Bags bags) {
        for (int i = 0; i < length; i++) {
            for (Field field : sequence) {
                Table table = tables.get(field.table());
                if (field.source() instanceof Field.ColumnHistory source) {
                    add(source.column(), history[i], table, 1, bags);
                } else if (field.source() instanceof Field.NumberHistory source) {
                    add(source.numbers(), history[i], table, 1, bags);
                } else {
                    add(table, history[i], 1, bags);
                }
                bags.end();
            }
        }
        return length;
    }

    private int readHistory(InteractionLog log, int user, int position) {
        boolean known = user >= 0 && user < log.users();
        int length = known ? Math.min(position, history.length) : 0;
        if (length > 0) {
            log.copyItems(user, position - length, position, history, 0);
        }
        return length;
    }

    private int readHistory(int[] items) {
        int length = Math.min(items.length, history.length);
        System.arraycopy(items, items.length - length, history, 0, length);
        return length;
    }

    /** Adds the bags of one row: one for each field that depends on the item. */
    void row(Instances instances, int row, Bags bags) {
        int item = instances.items()[row];
        for (Field field : itemSide) {
            Table table = tables.get(field.table());
            if (field.source() instanceof Field.ItemColumn source) {
                add(source.column(), item, table, 1, bags);
            } else if (field.source() instanceof Field.ItemNumber source) {
                add(source.numbers(), item, table, 1, bags);
            } else {
                add(table, item, 1, bags);
            }
            bags.end();
        }
    }

    /** Adds the mean of all values of the last items. */
    private void addValues(Column column, int length, Table table, Bags bags) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (has(column, history[i])) {
                count += column.offsets()[history[i] + 1] - column.offsets()[history[i]];
            }
        }
        for (int i = 0; i < length; i++) {
            if (has(column, history[i])) {
                for (int v = column.offsets()[history[i]]; v < column.offsets()[history[i] + 1]; v++) {
                    add(table, column.values()[v], 1f / count, bags);
                }
            }
        }
    }

    /** Adds the mean of a row's values, divided by {@code parts}; nothing for a row that the column has not. */
    private void add(Column column, int row, Table table, int parts, Bags bags) {
        if (!has(column, row)) {
            return;
        }
        int from = column.offsets()[row];
        int to = column.offsets()[row + 1];
        float scale = 1f / ((float) parts * (to - from));
        for (int i = from; i < to; i++) {
            add(table, column.values()[i], scale, bags);
        }
    }

    /**
     * Adds the mean of the last items' numbers. Most items share one embedding or two, so what is pooled is a sum of weights,
     * not of embeddings.
     */
    private void addMean(EncodedNumbers numbers, int length, Table table, Bags bags) {
        float scale = 1f / length;
        for (int i = 0; i < length; i++) {
            int value = unknowns.draw() ? -1 : numbers.row(history[i]);
            bags.addTogether(table.row(value), value < 0 ? scale : scale * numbers.weight(history[i]));
        }
    }

    /** Adds a row of numbers; a missing value weighs as much as a value of 1. */
    private void add(EncodedNumbers numbers, int row, Table table, float scale, Bags bags) {
        int value = unknowns.draw() ? -1 : numbers.row(row);
        bags.add(table.row(value), value < 0 ? scale : scale * numbers.weight(row));
    }

    private void add(Table table, int value, float scale, Bags bags) {
        bags.add(unknowns.draw() ? table.unknown() : table.row(value), scale);
    }

    private static boolean has(Column column, int row) {
        return row >= 0 && row < column.rows();
    }
}
