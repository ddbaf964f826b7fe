// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.Sha256;

/**
 * Compares the whole catalogue with all histories.
 *
 * <p>A history item's cosines with the catalogue are computed once for all users who have it, so the work grows with
 * the number of distinct history items, not of interactions. The catalogue is processed in tiles of {@value
 * DotTile#WIDTH} items, and users in groups with a bounded number of distinct history items, which bounds memory.
 *
 * <p>A tile whose comparison was stopped is compared again, which changes nothing.
 */
final class CatalogueScan {
    private final int distinctItems;

    private final Embeddings embeddings;
    private final EmbeddingTeacherSettings settings;
    private final InteractionLog log;
    private final float[] bonuses;
    private final TopItems top;
    private final int[] catalogue;
    /** Row of each item in {@link #cosines}, or -1 if no user of the group has it. */
    private final int[] rows;
    /** The group's distinct history items that have text. */
    private final int[] historyItems;

    /** Index of the first value of each of their vectors. */
    private final int[] vectors;

    /** Cosines of each history item with the current tile. */
    private final float[][] cosines;

    /**
     * A scan of all users.
     *
     * @param distinctItems number of distinct history items that ends a group of users; each takes a kilobyte
     */
    CatalogueScan(
            Embeddings embeddings,
            EmbeddingTeacherSettings settings,
            InteractionLog log,
            float[] bonuses,
            TopItems top,
            int distinctItems) {
        this.distinctItems = distinctItems;
        this.embeddings = embeddings;
        this.settings = settings;
        this.log = log;
        this.bonuses = bonuses;
        this.top = top;
        this.catalogue = IntStream.range(0, embeddings.items())
                .filter(item -> embeddings.present()[item])
                .toArray();
        this.rows = new int[embeddings.items()];
        this.historyItems = new int[Math.min(embeddings.items(), distinctItems + settings.historyLength())];
        this.vectors = new int[historyItems.length];
        this.cosines = new float[historyItems.length][];
    }

    /** Scans all users, or those that are left of a stopped scan of the same inputs. */
    void run(Blocks blocks, ProgressListener listener, ScanFile file) throws InterruptedException {
        ScanKeeper keeper = ScanKeeper.of(file, this::inputs, top, catalogue.length, listener);
        try {
            run(blocks, listener, keeper);
        } catch (InterruptedException e) {
            keeper.stopped();
            throw e;
        }
    }

    private void run(Blocks blocks, ProgressListener listener, ScanKeeper keeper) throws InterruptedException {
        Arrays.fill(rows, -1);
        ScanPosition position = keeper.position();
        while (position.from() < log.users()) {
            int distinct = 0;
            int end = position.from();
            while (end < log.users() && distinct < distinctItems) {
                distinct = register(end++, distinct);
            }
            scan(new ScanPosition(position.from(), end, position.items()), distinct, blocks, listener, keeper);
            for (int row = 0; row < distinct; row++) {
                rows[historyItems[row]] = -1;
            }
            position = new ScanPosition(end, end, 0);
        }
    }

    /** Hash of everything that decides what the scan finds and what a position in it means. */
    private String inputs() {
        Sha256 hash = new Sha256()
                .add(distinctItems, settings.historyLength(), settings.nearest(), top.capacity())
                .add(embeddings.items(), embeddings.dimension(), log.users())
                .add(catalogue)
                .add(embeddings.values())
                .add(bonuses);
        for (int user = 0; user < log.users(); user++) {
            int[] items = new int[log.length(user)];
            log.copyItems(user, 0, items.length, items, 0);
            hash.add(items);
        }
        return hash.hex();
    }

    /** Assigns rows to the user's history items that have none yet, and returns the number of rows. */
    private int register(int user, int distinct) {
        int count = distinct;
        for (int position = first(user); position < log.length(user); position++) {
            int item = log.item(user, position);
            if (rows[item] < 0 && embeddings.present()[item]) {
                rows[item] = count;
                vectors[count] = embeddings.at(item);
                historyItems[count++] = item;
            }
        }
        return count;
    }

    private int first(int user) {
        return Math.max(0, log.length(user) - settings.historyLength());
    }

    private void scan(ScanPosition start, int distinct, Blocks blocks, ProgressListener listener, ScanKeeper keeper)
            throws InterruptedException {
        for (int row = 0; row < distinct; row++) {
            if (cosines[row] == null) {
                cosines[row] = new float[DotTile.WIDTH];
            }
        }
        float[] tileBonuses = new float[DotTile.WIDTH];
        DotTile tile = new DotTile(embeddings.dimension());
        for (int first = start.items(); first < catalogue.length; first += DotTile.WIDTH) {
            int from = first;
            int columns = Math.min(catalogue.length - from, DotTile.WIDTH);
            for (int column = 0; column < columns; column++) {
                tile.set(column, embeddings.values(), embeddings.at(catalogue[from + column]));
                tileBonuses[column] = bonuses[catalogue[from + column]];
            }
            blocks.run(
                    distinct,
                    128,
                    (firstRow, endRow) -> tile.dots(embeddings.values(), vectors, firstRow, endRow, cosines));
            blocks.run(
                    start.to() - start.from(),
                    512,
                    (firstUser, endUser) ->
                            offer(start.from() + firstUser, start.from() + endUser, from, columns, tileBonuses));
            ScanPosition reached = new ScanPosition(start.from(), start.to(), from + columns);
            listener.progressed("nearest items", reached.users(catalogue.length), log.users());
            keeper.at(reached);
        }
    }

    private void offer(int fromUser, int toUser, int from, int columns, float[] tileBonuses) {
        Affinity affinity = new Affinity(settings.nearest());
        float[] values = new float[DotTile.WIDTH];
        for (int user = fromUser; user < toUser; user++) {
            affinity.clear(columns);
            for (int position = first(user); position < log.length(user); position++) {
                int row = rows[log.item(user, position)];
                if (row >= 0) {
                    affinity.add(cosines[row], columns);
                }
            }
            affinity.means(columns, values);
            float floor = top.floor(user);
            for (int column = 0; column < columns; column++) {
                float value = values[column] + tileBonuses[column];
                // A history without text has -infinity for all items, and so no nearest items.
                if (value > floor) {
                    int item = catalogue[from + column];
                    if (!interacted(user, item)) {
                        top.offer(user, item, value);
                        floor = top.floor(user);
                    }
                }
            }
        }
    }

    private boolean interacted(int user, int item) {
        for (int position = 0; position < log.length(user); position++) {
            if (log.item(user, position) == item) {
                return true;
            }
        }
        return false;
    }
}
