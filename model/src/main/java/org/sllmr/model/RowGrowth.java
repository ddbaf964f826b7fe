// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.SchemaFit;
import org.sllmr.model.schema.SchemaFit.KnownTable;
import org.sllmr.model.schema.Table;

/**
 * Carries a training over to a model whose embedding tables have grown.
 *
 * <p>The network and every row that was trained keep weights and moments. A new row starts with the weights of the unknown
 * row of its table, if that row was ever trained, and without moments, as a row that training comes to late; otherwise
 * with what the new model drew for it. A row that was known and never trained counts as new: its value was too rare, or
 * occurred in held-out samples alone.
 */
public final class RowGrowth {
    private static final int WEIGHTS = 0;
    private static final int TOUCHED = 3;
    private static final int TABLE_BLOCKS = 4;
    /** From here on no bias correction of Adam differs from 1, and none of the steps before has to be counted. */
    private static final int MOST_STEPS = 1 << 20;

    private final SchemaFit known;
    private final FeatureSchema grown;
    private final List<float[]> from;
    private final List<float[]> to;

    private RowGrowth(SchemaFit known, FeatureSchema grown, List<float[]> from, List<float[]> to) {
        this.known = known;
        this.grown = grown;
        this.from = from;
        this.to = to;
    }

    /**
     * The state from which the grown model goes on.
     *
     * @param trained the state of the earlier training
     * @param known what its schema took from its data
     * @param grown the schema that goes on from it (see {@link FeatureSchema#of(org.sllmr.data.TrainingData,
     *     org.sllmr.model.schema.SchemaSettings, SchemaFit)})
     * @param fresh the state of a model of that schema that nothing has trained yet; the result has its learning rate
     * @throws IllegalArgumentException if the states are of models of other shapes
     */
    public static TrainingState grow(TrainingState trained, SchemaFit known, FeatureSchema grown, TrainingState fresh) {
        if (trained.blocks().size() != fresh.blocks().size() || trained.blocks().size() <= TABLE_BLOCKS) {
            throw new IllegalArgumentException("a state of another kind of model");
        }
        List<float[]> blocks = new ArrayList<>();
        for (int block = 0; block < fresh.blocks().size(); block++) {
            boolean ofTables = block < TABLE_BLOCKS;
            float[] target = fresh.blocks().get(block);
            float[] source = trained.blocks().get(block);
            if (!ofTables && source.length != target.length) {
                throw new IllegalArgumentException(
                        source.length + " floats of the network for " + target.length + " of the new one");
            }
            blocks.add(ofTables ? target.clone() : source.clone());
        }
        new RowGrowth(known, grown, trained.blocks(), blocks).copyTables();
        return new TrainingState(blocks, Math.min(MOST_STEPS, trained.steps()), fresh.learningRate());
    }

    private void copyTables() {
        int rows = known.tables().stream().mapToInt(table -> table.rows() + 1).sum();
        if (from.get(TOUCHED).length != rows || to.get(TOUCHED).length != grown.rows()) {
            throw new IllegalArgumentException(from.get(TOUCHED).length + " and " + to.get(TOUCHED).length
                    + " rows for tables of " + rows + " and " + grown.rows());
        }
        Map<String, Table> tables = new HashMap<>();
        grown.tables().forEach(table -> tables.put(table.name(), table));
        int offset = 0;
        for (KnownTable before : known.tables()) {
            Table table = tables.get(before.name());
            if (table == null || table.vocabulary() < before.rows()) {
                throw new IllegalArgumentException("table '" + before.name() + "' has not grown");
            }
            copy(before, offset, table);
            offset += before.rows() + 1;
        }
    }

    private void copy(KnownTable before, int offset, Table table) {
        BitSet rare = new BitSet();
        for (int row : before.rare()) {
            rare.set(row);
        }
        int unknown = offset + before.rows();
        boolean unknownTrained = from.get(TOUCHED)[unknown] != 0;
        for (int row = 0; row < table.vocabulary(); row++) {
            boolean trained = row < before.rows() && !rare.get(row) && from.get(TOUCHED)[offset + row] != 0;
            if (trained) {
                copyRow(offset + row, table.offset() + row);
            } else if (unknownTrained) {
                copyRow(WEIGHTS, unknown, table.offset() + row);
            }
        }
        copyRow(unknown, table.unknown());
    }

    private void copyRow(int source, int target) {
        for (int block = 0; block < TABLE_BLOCKS; block++) {
            copyRow(block, source, target);
        }
    }

    private void copyRow(int block, int source, int target) {
        int width = to.get(block).length / grown.rows();
        System.arraycopy(from.get(block), source * width, to.get(block), target * width, width);
    }
}
