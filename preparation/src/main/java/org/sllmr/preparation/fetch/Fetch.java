// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.ProgressListener;

/** Fetches the files of a dataset from an address or a folder; existing files are kept. */
public final class Fetch {
    private Fetch() {}

    /**
     * Downloads the files that are missing, one after the other.
     *
     * <p>An interrupted download is resumed, even in a later run.
     *
     * @param dataset the dataset whose files to fetch
     * @param from address of the folder on a server, such as {@link AmazonDataset#ADDRESS}
     * @param folder the target folder; created if missing
     * @param settings retries and time limits
     * @param listener receives the number of bytes received and expected
     * @throws InvalidInputException if a file cannot be downloaded; what was received so far is kept for the next run
     */
    public static void download(
            AmazonDataset dataset, URI from, Path folder, DownloadSettings settings, ProgressListener listener) {
        String base = from.toString();
        URI directory = URI.create(base.endsWith("/") ? base : base + "/");
        makeFolder(folder);
        Download download = new Download(settings, listener);
        for (String name : dataset.files()) {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                download.run(directory.resolve(name), file);
            }
        }
    }

    /**
     * Copies the files that are missing from a folder.
     *
     * @throws InvalidInputException if one does not exist or cannot be copied
     */
    public static void copy(AmazonDataset dataset, Path from, Path folder, ProgressListener listener) {
        List<Problem> missing = new ArrayList<>();
        for (String name : dataset.files()) {
            if (!Files.isRegularFile(from.resolve(name))) {
                missing.add(new Problem(
                        from.resolve(name).toString(), "does not exist; " + dataset.id() + " needs this file"));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing);
        }
        makeFolder(folder);
        for (String name : dataset.files()) {
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                listener.progressed("copying " + name, 0, 0);
                copy(from.resolve(name), file);
            }
        }
    }

    private static void copy(Path source, Path target) {
        Path part = Download.part(target);
        try {
            Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new InvalidInputException(
                    target.toString(), "cannot be written: " + e.getMessage() + "; check the free space");
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InvalidInputException(
                    folder.toString(), "cannot be created: " + e.getMessage() + "; choose another folder");
        }
    }
}
