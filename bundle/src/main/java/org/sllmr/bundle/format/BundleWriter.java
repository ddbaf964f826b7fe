// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Build;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.file.Unfinished;
import org.sllmr.model.DataRows;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.SchemaFit;

/** Writes bundles; the same run gives the same bytes. */
public final class BundleWriter {
    private BundleWriter() {}

    /**
     * Writes a bundle, whole or not at all.
     *
     * @param place where nothing exists yet; missing parents are created
     * @param zip whether it is one file, or a folder
     * @throws InvalidInputException if something exists there, or it cannot be written
     */
    public static void write(Path place, BundleSource source, boolean zip) {
        write(place, source, zip, List.of());
    }

    /**
     * Writes a bundle with files for other engines, as {@link #write(Path, BundleSource, boolean)}.
     *
     * @param parts the files
     */
    public static void write(Path place, BundleSource source, boolean zip, List<BundlePart> parts) {
        source.model().settings().requireRankable();
        if (Files.exists(place)) {
            throw new InvalidInputException(
                    place.toString(), "exists already; a bundle is never overwritten: name another one, or delete it");
        }
        Path target = place.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null) {
            throw new InvalidInputException(place.toString(), "is not a path where a bundle can be made");
        }
        Path folder = Unfinished.beside(target);
        try {
            Files.createDirectories(parent);
            Files.createDirectory(folder);
            try {
                List<String> names = write(folder, source, parts);
                if (zip) {
                    Path file = folder.resolve("zip");
                    BundleZip.write(folder, names, file);
                    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    place.toString(),
                    "cannot be written: " + Reason.of(e)
                            + "; free some space or choose another place (nothing was left behind)");
        }
    }

    /** Writes all files; their names. */
    private static List<String> write(Path folder, BundleSource source, List<BundlePart> parts) throws IOException {
        String salt = source.form() == HistoryForm.PLAIN
                ? ""
                : new Sha256()
                        .add("salt of users' ids")
                        .add(source.data().hash())
                        .hex();
        TrainingData data = DataColumns.without(
                source.data(),
                BundleContents.kept(source.form(), salt, source.data().userIds()));
        SchemaFit fitted = source.model().schema().fitOfData();
        FeatureSchema schema = source.model().settings().fields(data, fitted);
        Build build = Build.current();
        text(folder, BundleFiles.SETTINGS, Documents.write(source.model().settings()));
        text(folder, BundleFiles.FITTED, Documents.write(Documents.Fitted.of(fitted)));
        NamedColumns items = DataColumns.items(data);
        items.put("positives", source.popularity().positives());
        items.put("longTail", source.popularity().longTail());
        NamedColumns users = DataColumns.users(data);
        if (source.form() != HistoryForm.NONE) {
            putHistories(users, source.histories());
        }
        Optional<Manifest.Blend> blend = source.blend().map(one -> BundleBlend.write(one, data, items, users));
        items.write(folder.resolve(BundleFiles.ITEMS), BundleFiles.ITEMS);
        users.write(folder.resolve(BundleFiles.USERS), BundleFiles.USERS);
        Manifest manifest = new Manifest(
                Manifest.VERSION,
                source.name(),
                new Manifest.CreatedBy("sllmr", build.version(), build.commit()),
                source.run(),
                data.catalogue().size(),
                data.userIds().size(),
                source.form(),
                salt,
                DataColumns.names(data),
                blend);
        text(folder, BundleFiles.MANIFEST, Documents.write(manifest));
        Model model = source.model().settings().create(schema, new Seed(0));
        model.restoreTensors(DataRows.of(source.model()));
        ModelFile.write(folder.resolve(BundleFiles.MODEL), model, Map.of());
        Documents.Golden golden = GoldenScores.of(
                BundleReader.scorer(
                        model,
                        data.catalogue().size(),
                        blend.map(one -> BundleBlend.read(
                                one,
                                items,
                                users,
                                source.popularity().positives(),
                                source.popularity().longTail()))),
                data.userIds().size(),
                data.catalogue().size());
        text(folder, BundleFiles.GOLDEN, Documents.write(golden));
        List<String> names = new ArrayList<>(BundleFiles.ALL);
        for (BundlePart part : parts) {
            part.write(folder, data, model, Optional.of(salt).filter(one -> !one.isEmpty()));
            names.addAll(part.names());
        }
        FolderChecksums.write(folder, names);
        names.add(FolderChecksums.NAME);
        return names;
    }

    private static void putHistories(NamedColumns users, InteractionLog log) {
        int[] offsets = new int[log.users() + 1];
        for (int user = 0; user < log.users(); user++) {
            offsets[user + 1] = offsets[user] + log.length(user);
        }
        int[] items = new int[offsets[log.users()]];
        for (int user = 0; user < log.users(); user++) {
            log.copyItems(user, 0, log.length(user), items, offsets[user]);
        }
        users.put("histories.offsets", offsets);
        users.put("histories.items", items);
    }

    private static void text(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
