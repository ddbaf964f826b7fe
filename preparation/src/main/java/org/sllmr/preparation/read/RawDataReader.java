// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.SourceFile;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.concurrent.Task;
import org.sllmr.data.concurrent.Workers;
import org.sllmr.data.file.Reason;

/** Reads interactions, items and users from files. */
public final class RawDataReader {
    private RawDataReader() {}

    /**
     * Reads all files.
     *
     * @throws InvalidInputException with file, line and remedy of every error in the first bad file
     */
    public static RawData read(SourceSettings settings, ProgressListener listener) {
        List<TableFile> files = new ArrayList<>();
        settings.interactions().files().forEach(one -> files.add(one.file()));
        settings.items().ifPresent(items -> files.add(items.file()));
        settings.items().ifPresent(items -> items.vectorFiles().forEach(vectors -> files.add(vectors.file())));
        settings.users().ifPresent(users -> files.add(users.file()));
        settings.users().ifPresent(users -> users.vectorFiles().forEach(vectors -> files.add(vectors.file())));
        files.forEach(Table::open);
        try (Workers hashing = new Workers(1, "hashing")) {
            // While the files are read, so that both reads of a file share the system's cache.
            Task<List<SourceFile>> sources = hashing.start(() -> sources(files));
            RawLog log = new LogReader(settings.interactions(), listener).read();
            Optional<RawItems> items = settings.items().map(source -> items(source, listener));
            Optional<RawUsers> users = settings.users().map(source -> users(source, listener));
            return new RawData(log, items, users, sources.get());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while reading");
        }
    }

    private static RawItems items(ItemSource source, ProgressListener listener) {
        return items(source, Table.open(source.file()), listener);
    }

    /**
     * Reads items from rows that another program supplies.
     *
     * @param source what the columns mean; of its file only the name is used, in messages
     * @throws InvalidInputException with every row that has an error
     */
    public static RawItems items(ItemSource source, SuppliedTable table, ProgressListener listener) {
        return items(source, (Table) table, listener);
    }

    private static RawItems items(ItemSource source, Table table, ProgressListener listener) {
        EntityReader items = new EntityReader(
                "item",
                source.file(),
                table,
                source.item(),
                source.fields(),
                source.texts(),
                source.numbers(),
                source.vectors());
        items.read(listener);
        List<VectorColumn> vectors = new ArrayList<>(items.vectors());
        vectors.addAll(VectorFiles.read("item", source.vectorFiles(), items.ids(), items.places(), listener));
        return new RawItems(
                items.places(), new Catalogue(items.ids(), items.fields(), items.texts(), items.numbers(), vectors));
    }

    private static RawUsers users(UserSource source, ProgressListener listener) {
        return users(source, Table.open(source.file()), listener);
    }

    /**
     * Reads users from rows that another program supplies.
     *
     * @param source what the columns mean; of its file only the name is used, in messages
     * @throws InvalidInputException with every row that has an error
     */
    public static RawUsers users(UserSource source, SuppliedTable table, ProgressListener listener) {
        return users(source, (Table) table, listener);
    }

    private static RawUsers users(UserSource source, Table table, ProgressListener listener) {
        EntityReader users = new EntityReader(
                "user",
                source.file(),
                table,
                source.user(),
                source.fields(),
                List.of(),
                source.numbers(),
                source.vectors());
        users.read(listener);
        List<VectorColumn> vectors = new ArrayList<>(users.vectors());
        vectors.addAll(VectorFiles.read("user", source.vectorFiles(), users.ids(), users.places(), listener));
        return new RawUsers(users.ids(), users.fields(), users.numbers(), vectors);
    }

    private static List<SourceFile> sources(List<TableFile> files) {
        List<SourceFile> sources = new ArrayList<>();
        for (TableFile file : files) {
            try {
                for (Path path :
                        Files.isDirectory(file.path()) ? PartedTable.files(file.path()) : List.of(file.path())) {
                    sources.add(SourceFile.of(path));
                }
            } catch (IOException e) {
                throw new InvalidInputException(file.path().toString(), "cannot be read: " + Reason.of(e));
            }
        }
        return sources;
    }
}
