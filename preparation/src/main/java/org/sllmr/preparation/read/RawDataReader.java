// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.SourceFile;

/** Reads interactions, items and users from files. */
public final class RawDataReader {
    private RawDataReader() {}

    /**
     * Reads all files.
     *
     * @throws InvalidInputException with file, line and remedy of everything that is wrong in the first bad file
     */
    public static RawData read(SourceSettings settings, ProgressListener listener) {
        List<SourceFile> sources = new ArrayList<>();
        List<TableFile> files = new ArrayList<>();
        files.add(settings.interactions().file());
        settings.items().ifPresent(items -> files.add(items.file()));
        settings.users().ifPresent(users -> files.add(users.file()));
        for (TableFile file : files) {
            sources.addAll(sources(file));
        }
        RawLog log = new LogReader(settings.interactions(), listener).read();
        Optional<RawItems> items = settings.items().map(source -> items(source, listener));
        Optional<RawUsers> users = settings.users().map(source -> users(source, listener));
        return new RawData(log, items, users, sources);
    }

    private static RawItems items(ItemSource source, ProgressListener listener) {
        EntityReader items = new EntityReader("item", source.file(), source.item(), source.fields(), source.texts());
        items.read(listener);
        return new RawItems(items.places(), new Catalogue(items.ids(), items.fields(), items.texts()));
    }

    private static RawUsers users(UserSource source, ProgressListener listener) {
        EntityReader users = new EntityReader("user", source.file(), source.user(), source.fields(), List.of());
        users.read(listener);
        return new RawUsers(users.ids(), users.fields());
    }

    private static List<SourceFile> sources(TableFile file) {
        Table.open(file);
        try {
            List<SourceFile> sources = new ArrayList<>();
            for (Path path : Files.isDirectory(file.path()) ? PartedTable.files(file.path()) : List.of(file.path())) {
                sources.add(SourceFile.of(path));
            }
            return sources;
        } catch (IOException e) {
            throw new InvalidInputException(file.path().toString(), "cannot be read: " + e.getMessage());
        }
    }
}
