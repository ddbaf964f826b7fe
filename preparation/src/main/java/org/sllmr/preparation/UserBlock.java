// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Negatives;
import org.sllmr.data.store.RowPiece;
import org.sllmr.data.store.UserPiece;
import org.sllmr.preparation.read.RawLog;
import org.sllmr.preparation.read.RawUsers;

/** Makes the part of a dataset that consecutive users have: what they did in order, their samples, and their negatives. */
public final class UserBlock {
    private UserBlock() {}

    /**
     * The piece of some users. It is the same whichever users are beside them.
     *
     * @param log the kept rows of these users in the order of the source; users are numbered in the order of the dataset, and
     *     items have their numbers in the dataset
     * @param firstUser number in the dataset of the first user
     * @param items number of items of the dataset
     * @param parts part of each row, as {@link org.sllmr.preparation.read.RawLabels#TEST}; empty with leave-one-out
     * @throws InvalidInputException if a user took all items, so that no negative can be drawn
     */
    public static RowPiece of(
            RawLog log, int firstUser, int items, byte[] parts, PartKind kind, SplitSettings settings) {
        UserRows rows = new UserRows(
                log,
                counting(log.size()),
                counting(log.userIds().size()),
                log.userIds(),
                firstUser,
                item -> item,
                items);
        try (Blocks blocks = new Blocks(1)) {
            return kind == PartKind.LEAVE_ONE_OUT
                    ? leaveOneOut(rows, settings, blocks)
                    : parted(rows, parts, kind, settings, blocks);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while preparing");
        }
    }

    static RowPiece leaveOneOut(UserRows rows, SplitSettings settings, Blocks blocks) throws InterruptedException {
        int[] sorted = rows.sorted(blocks);
        InteractionLog log = rows.interactions(sorted, blocks);
        Negatives negatives = new NegativeSampler(
                        log,
                        rows.userIds(),
                        rows.firstUser(),
                        index -> rows.log().places().place(sorted[index]),
                        rows.items(),
                        settings.negatives().orElse(1),
                        new Seed(settings.seed()))
                .draw(blocks);
        return new RowPiece(log, rows.contextFields(sorted), rows.contextNumbers(sorted), negatives);
    }

    static RowPiece parted(UserRows rows, byte[] parts, PartKind kind, SplitSettings settings, Blocks blocks)
            throws InterruptedException {
        PartedSamples samples = new PartedSamples(rows, parts, kind, settings, blocks);
        return new RowPiece(
                samples.positivesLog(),
                rows.contextFields(samples.sorted()),
                rows.contextNumbers(samples.sorted()),
                samples.samples());
    }

    /**
     * What is known of some users. One that is not in the users' table has fields without values.
     *
     * @param ids their ids, in the order of the dataset
     * @param source the users' table
     */
    public static UserPiece known(List<String> ids, Optional<RawUsers> source) {
        if (source.isEmpty()) {
            return new UserPiece(ids, List.of(), List.of(), List.of());
        }
        RawUsers users = source.get();
        int[] rows = ids.stream().mapToInt(users.ids()::indexOf).toArray();
        return new UserPiece(
                ids,
                users.fields().stream().map(field -> Selection.of(field, rows)).toList(),
                users.numbers().stream()
                        .map(number -> Selection.of(number, rows))
                        .toList(),
                users.vectors().stream()
                        .map(vector -> Selection.of(vector, rows))
                        .toList());
    }

    private static int[] counting(int size) {
        int[] all = new int[size];
        Arrays.setAll(all, index -> index);
        return all;
    }
}
