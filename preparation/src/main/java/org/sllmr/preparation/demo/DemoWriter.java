// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.file.Unfinished;

/**
 * Writes a {@link DemoShop} as the two files that a shop would export: tab-separated, with a header line, in UTF-8,
 * without quoting, lines end with a line feed.
 *
 * <ul>
 *   <li>{@code interactions.tsv}: user_id, item_id, position (0-based, in order of time within the user), timestamp
 * (seconds since 1970)
 *   <li>{@code items.tsv}: item_id, title, brand, categories ({@code A > B > C}, further paths after {@code ||})
 * </ul>
 *
 * Ids start at 1.
 */
public final class DemoWriter {
    /** Name of the file with the interactions. */
    public static final String INTERACTIONS = "interactions.tsv";

    /** Name of the file with the items. */
    public static final String ITEMS = "items.tsv";

    private DemoWriter() {}

    /**
     * Writes both files into a folder that does not exist or is empty; a failure leaves it unchanged.
     *
     * @throws InvalidInputException if the folder is not empty
     * @throws IOException if the folder cannot be written
     */
    public static void write(DemoShop shop, Path folder) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        checkEmpty(target);
        Path parent = target.getParent();
        if (parent == null) {
            throw new InvalidInputException(folder.toString(), "is the root of a file system; name a new folder");
        }
        Files.createDirectories(parent);
        Path beside = Files.createDirectory(Unfinished.beside(target));
        try {
            writeItems(shop, beside.resolve(ITEMS));
            writeInteractions(shop.interactions(), beside.resolve(INTERACTIONS));
            Files.createDirectories(target);
            Files.move(beside.resolve(ITEMS), target.resolve(ITEMS));
            Files.move(beside.resolve(INTERACTIONS), target.resolve(INTERACTIONS));
        } finally {
            Files.deleteIfExists(beside.resolve(ITEMS));
            Files.deleteIfExists(beside.resolve(INTERACTIONS));
            Files.deleteIfExists(beside);
        }
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(folder.toString(), "is a file; name a new folder");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new InvalidInputException(
                        folder.toString(), "is not empty; name a new folder, or empty it first");
            }
        }
    }

    private static void writeItems(DemoShop shop, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("item_id\ttitle\tbrand\tcategories\n");
            int id = 0;
            for (DemoShop.Item item : shop.items()) {
                id++;
                writer.write(id + "\t" + item.title() + "\t" + item.brand() + "\t"
                        + String.join(" || ", item.categories()) + "\n");
            }
        }
    }

    private static void writeInteractions(InteractionLog log, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("user_id\titem_id\tposition\ttimestamp\n");
            for (int user = 0; user < log.users(); user++) {
                for (int position = 0; position < log.length(user); position++) {
                    writer.write((user + 1) + "\t" + (log.item(user, position) + 1) + "\t" + position + "\t"
                            + log.time(user, position) + "\n");
                }
            }
        }
    }
}
