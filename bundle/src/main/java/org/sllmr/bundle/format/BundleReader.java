// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Sha256;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.RequestScorer;

/** Reads bundles and checks all of them: every byte, and that they score as they did. */
public final class BundleReader {
    private BundleReader() {}

    /**
     * A bundle that scores.
     *
     * @param contents what it holds
     * @param scorer scores with its model
     * @param hash identifies its contents
     */
    public record Opened(BundleContents contents, RequestScorer scorer, String hash) {
        /** The same bundle, with a scorer that leaves all other threads alone. */
        public Opened inCallingThread() {
            return new Opened(contents, scorer.inCallingThread(), hash);
        }
    }

    /**
     * Reads a bundle.
     *
     * @param path its folder or zip file
     * @throws InvalidInputException if it is damaged, of another version, or scores otherwise than where it was written
     */
    public static Opened open(Path path) {
        if (!Files.exists(path)) {
            throw new InvalidInputException(path.toString(), "does not exist; 'sllmr export' writes a bundle");
        }
        try {
            return Files.isDirectory(path) ? read(path) : unpacked(path);
        } catch (IOException e) {
            throw new InvalidInputException(
                    path.toString(), "cannot be read: " + Reason.of(e) + "; " + BundleFiles.REMEDY);
        }
    }

    private static Opened unpacked(Path file) throws IOException {
        Path folder = temporary(file);
        try {
            unpack(file, folder);
            return read(folder);
        } catch (InvalidInputException e) {
            String inside = folder.toString();
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> new Problem(
                            problem.where().replace(inside, file.toString()),
                            problem.what().replace(inside, file.toString())))
                    .toList());
        } finally {
            Folders.delete(folder);
        }
    }

    private static Path temporary(Path file) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return Files.createTempDirectory(parent, "sllmr-bundle");
        } catch (IOException e) {
            throw notUnpacked(file, parent, e);
        }
    }

    private static void unpack(Path file, Path folder) throws IOException {
        try {
            BundleZip.unpack(file, folder);
        } catch (BundleZip.NotWrittenException e) {
            // A temporary folder is in one.
            throw notUnpacked(file, Objects.requireNonNull(folder.getParent()), e);
        }
    }

    private static InvalidInputException notUnpacked(Path file, Path parent, IOException why) {
        return new InvalidInputException(
                file.toString(),
                "cannot be unpacked into the temporary folder " + parent + ": " + Reason.of(why)
                        + "; make room there, name another folder by -Djava.io.tmpdir=FOLDER (for sllmr in"
                        + " SLLMR_JAVA_OPTIONS), or unpack the zip yourself and give the folder");
    }

    /** What a bundle scores with. */
    static RequestScorer scorer(Model model, int items, Optional<BundleBlend> blend) {
        RequestScorer scorer = model.requestScorer(items, keptBytes());
        return blend.<RequestScorer>map(of -> new BlendedRequestScorer(scorer, of, items, keptBytes() / 2))
                .orElse(scorer);
    }

    /** Memory for what is computed of items alone: a quarter of what Java may use. */
    private static long keptBytes() {
        return Math.max(256L << 20, Runtime.getRuntime().maxMemory() / 4);
    }

    private static Opened read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(BundleFiles.MANIFEST))) {
            throw new InvalidInputException(
                    folder.toString(),
                    "is not a bundle: it has no " + BundleFiles.MANIFEST + "; 'sllmr export' makes one of a run");
        }
        FolderChecksums listed = FolderChecksums.read(folder, BundleFiles.REMEDY);
        Manifest manifest =
                Documents.manifest(folder.resolve(BundleFiles.MANIFEST).toString(), listed.text(BundleFiles.MANIFEST));
        List<Problem> missing = BundleFiles.ALL.stream()
                .filter(name -> !Files.exists(folder.resolve(name)))
                .map(name -> new Problem(folder.resolve(name).toString(), "is missing; " + BundleFiles.REMEDY))
                .toList();
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing);
        }
        requireNamesAsWritten(folder, listed);
        for (String name : listed.names()) {
            boolean forOthers = !BundleFiles.ALL.contains(name) && Files.exists(folder.resolve(name));
            if (forOthers || name.equals(BundleFiles.ITEMS) || name.equals(BundleFiles.USERS)) {
                require(folder, listed, name);
            }
        }
        listed.requireListed(BundleFiles.ITEMS);
        listed.requireListed(BundleFiles.USERS);
        ModelSettings settings =
                Documents.settings(folder.resolve(BundleFiles.SETTINGS).toString(), listed.text(BundleFiles.SETTINGS));
        Documents.Fitted fitted = Documents.read(
                Documents.Fitted.class, folder.resolve(BundleFiles.FITTED).toString(), listed.text(BundleFiles.FITTED));
        NamedColumns items = NamedColumns.read(folder.resolve(BundleFiles.ITEMS), BundleFiles.ITEMS);
        NamedColumns users = NamedColumns.read(folder.resolve(BundleFiles.USERS), BundleFiles.USERS);
        TrainingData data = DataColumns.read(manifest, items, users);
        Model model = settings.create(settings.fields(data, fitted.fit()), new Seed(0));
        ModelFile.read(folder.resolve(BundleFiles.MODEL), model, listed);
        int[] positives = items.ints("positives");
        boolean[] longTail = items.booleans("longTail");
        BundleContents contents = new BundleContents(
                manifest,
                data,
                model,
                users.has("histories.offsets") ? users.ints("histories.offsets") : new int[0],
                users.has("histories.items") ? users.ints("histories.items") : new int[0],
                positives,
                longTail,
                manifest.blend().map(blend -> BundleBlend.read(blend, items, users, positives, longTail)));
        RequestScorer scorer = scorer(model, data.catalogue().size(), contents.blend());
        String golden = folder.resolve(BundleFiles.GOLDEN).toString();
        GoldenScores.check(
                golden,
                Documents.read(Documents.Golden.class, golden, listed.text(BundleFiles.GOLDEN)),
                scorer,
                data.userIds().size(),
                data.catalogue().size());
        return new Opened(contents, scorer, Sha256.of(folder.resolve(FolderChecksums.NAME)));
    }

    /**
     * Files for other engines may be taken out of a bundle. But a name that the list has and the folder has not, beside one
     * that only the folder has, is a damaged list, by which a file would go unchecked.
     */
    private static void requireNamesAsWritten(Path folder, FolderChecksums listed) throws IOException {
        List<String> absent = listed.names().stream()
                .filter(name -> !Files.exists(folder.resolve(name)))
                .toList();
        if (absent.isEmpty()) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> unlisted = files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !listed.lists(name) && !name.equals(FolderChecksums.NAME))
                    .sorted()
                    .toList();
            if (!unlisted.isEmpty()) {
                throw new InvalidInputException(
                        folder.resolve(FolderChecksums.NAME).toString(),
                        "is damaged: it lists " + absent + ", and the folder has " + unlisted + " instead; "
                                + BundleFiles.REMEDY);
            }
        }
    }

    private static void require(Path folder, FolderChecksums listed, String name) throws IOException {
        byte[] bytes = new byte[1 << 16];
        Sha256 hash = new Sha256();
        try (InputStream in = InputFile.stream(folder.resolve(name))) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                hash.update(bytes, 0, read);
            }
        }
        listed.require(name, hash);
    }
}
