// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.DatasetOrigin;
import org.sllmr.data.store.DatasetPieces;
import org.sllmr.data.store.Manifest;
import org.sllmr.data.store.RowPiece;
import org.sllmr.data.store.StoredParts;
import org.sllmr.preparation.FilterProblems;
import org.sllmr.preparation.PartKind;
import org.sllmr.preparation.PartRules;
import org.sllmr.preparation.PartSizes;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.TimeBounds;
import org.sllmr.preparation.UserBlock;
import org.sllmr.preparation.read.RawDataReader;
import org.sllmr.preparation.read.RawItems;
import org.sllmr.preparation.read.RawLabels;
import org.sllmr.preparation.read.RawUsers;

/**
 * Makes a dataset folder from DataFrames, with the bytes that {@link Preparation} makes of the same rows.
 *
 * <p>The interactions stay with Spark; what is made of them passes through this process in order, on its way to the folder's
 * files. In this process are the items, the ids of the users while they are written, and the table of users if there is one.
 */
public final class SparkPreparation {
    /** Rows of a piece: some megabytes, whatever the size of the data. */
    private static final int PIECE_ROWS = 1 << 16;

    private static final int USERS_AT_ONCE = 1 << 13;

    private final Tables tables;
    private final PreparationSettings settings;
    private final int pieceRows;

    /**
     * The tables of a dataset.
     *
     * @param interactions one interaction in each row
     * @param items one item in each row; none if only their ids are known
     * @param users one user in each row; none if only their ids are known
     */
    public record Tables(TableSource interactions, Optional<TableSource> items, Optional<TableSource> users) {}

    private SparkPreparation(Tables tables, PreparationSettings settings, int pieceRows) {
        this.tables = tables;
        this.settings = settings;
        this.pieceRows = pieceRows;
    }

    /**
     * Prepares a dataset.
     *
     * @param tables the data
     * @param settings columns and split, as for files; of the files only the names are used, in the manifest
     * @param folder the folder to create, on a file system of this process
     * @param replace whether an existing dataset may be replaced
     * @param listener receives progress
     * @return its manifest
     * @throws InvalidInputException if the data have errors, the settings ask for what is not done on Spark, or the folder
     *     cannot be written; nothing is left behind then
     */
    public static Manifest run(
            Tables tables, PreparationSettings settings, Path folder, boolean replace, ProgressListener listener) {
        return run(tables, settings, folder, replace, PIECE_ROWS, listener);
    }

    static Manifest run(
            Tables tables,
            PreparationSettings settings,
            Path folder,
            boolean replace,
            int pieceRows,
            ProgressListener listener) {
        Refusals.check(settings);
        SparkPreparation preparation = new SparkPreparation(tables, settings, pieceRows);
        try (DatasetPieces pieces = DatasetPieces.create(folder, replace);
                Kept kept = new Kept()) {
            return preparation.write(pieces, kept, listener);
        }
    }

    private Manifest write(DatasetPieces pieces, Kept kept, ProgressListener listener) {
        listener.progressed("reading " + tables.interactions().name(), 0, 0);
        Interactions interactions = Interactions.read(tables.interactions(), settings, kept);
        Optional<RawItems> items = tables.items()
                .map(table -> RawDataReader.items(settings.sources().items().orElseThrow(), table.inOrder(), listener));
        Optional<RawUsers> users = tables.users()
                .map(table -> RawDataReader.users(settings.sources().users().orElseThrow(), table.inOrder(), listener));
        listener.progressed("splitting", 0, 0);
        SplitSettings split = settings.split();
        PartKind kind = PartRules.kind(RawLabels.none(), split);
        Filters filters = filtered(interactions, items, kind, kept);
        Optional<TimeBounds> bounds = kind == PartKind.TIME
                ? Optional.of(TimeLine.bounds(filters.rows(), split.parts(), interactions.places()))
                : Optional.empty();
        listener.progressed("numbering", 0, 0);
        Numbering numbering = Numbering.of(filters.rows(), interactions.partitions(), items, split, pieceRows, kept);
        listener.progressed("drawing", 0, 0);
        writeUsers(numbering.users(), users, pieces);
        writeRows(numbering, kind, bounds, interactions, filters, pieces, listener);
        listener.progressed("writing", 0, 0);
        return pieces.finish(
                numbering.items().catalogue(),
                new DatasetOrigin(settings.name(), split.seed(), List.of(), Preparation.tree(settings)));
    }

    private Filters filtered(Interactions interactions, Optional<RawItems> items, PartKind kind, Kept kept) {
        SplitSettings split = settings.split();
        Filters filters = new Filters(interactions, kept);
        items.ifPresent(listed -> filters.unknownItems(listed.catalogue(), split.unknownItems()));
        if (split.dropRepeats()) {
            filters.repeats();
        }
        filters.core(split.core());
        if (kind == PartKind.LEAVE_ONE_OUT) {
            filters.shortUsers(split.dropShortUsers());
        }
        if (filters.rows().isEmpty()) {
            throw FilterProblems.noKnownItems(settings.name());
        }
        return filters;
    }

    private static void writeUsers(Dataset<Row> users, Optional<RawUsers> known, DatasetPieces pieces) {
        List<String> ids = new ArrayList<>();
        for (Iterator<Row> each = users.toLocalIterator(); each.hasNext(); ) {
            ids.add(each.next().getAs(Interactions.USER));
            if (ids.size() == USERS_AT_ONCE || !each.hasNext()) {
                pieces.add(UserBlock.known(ids, known));
                ids.clear();
            }
        }
    }

    private void writeRows(
            Numbering numbering,
            PartKind kind,
            Optional<TimeBounds> bounds,
            Interactions interactions,
            Filters filters,
            DatasetPieces pieces,
            ProgressListener listener) {
        Dataset<Row> rows = numbering.rows();
        int partitions = Math.min(
                numbering.pieces(), rows.sparkSession().sessionState().conf().numShufflePartitions());
        Column partition = col(Numbering.PIECE)
                .cast("long")
                .multiply(lit((long) partitions))
                .divide(lit((long) numbering.pieces()))
                .cast("int");
        JavaRDD<byte[]> sent = rows.repartitionById(partitions, partition)
                .sortWithinPartitions(Numbering.USER_NUMBER, Interactions.ROW)
                .javaRDD()
                .mapPartitions(new PrepareUsers(
                        Settings.write(settings),
                        kind,
                        bounds.map(TimeBounds::validationFrom).orElse(0L),
                        bounds.map(TimeBounds::testFrom).orElse(0L),
                        numbering.items().catalogue().size()))
                .persist(StorageLevel.DISK_ONLY());
        try {
            // All at once, on all processors; the loop below would compute one partition after the other.
            long count = sent.count();
            PartSizes sizes = new PartSizes(kind);
            List<String> fieldNames = Interactions.contextFields(settings);
            List<String> numberNames = settings.sources().interactions().numbers();
            long done = 0;
            for (Iterator<byte[]> each = sent.toLocalIterator(); each.hasNext(); ) {
                SentPiece one = SentPiece.decode(each.next());
                if (one.problemRow() >= 0) {
                    throw new InvalidInputException(
                            interactions.places().of(filters.row(one.problemRow())), one.problem());
                }
                RowPiece piece = one.open(fieldNames, numberNames);
                pieces.add(piece);
                if (piece.split() instanceof StoredParts parts) {
                    sizes.add(parts);
                }
                listener.progressed("writing", ++done, count);
            }
            if (kind != PartKind.LEAVE_ONE_OUT) {
                sizes.check(numbering.users().count());
            }
        } finally {
            sent.unpersist();
        }
    }
}
