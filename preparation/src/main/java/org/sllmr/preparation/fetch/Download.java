// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;

/** Downloads one file at a time into {@code NAME.part}, which becomes {@code NAME} when it is complete. */
final class Download {
    private static final Logger LOGGER = LoggerFactory.getLogger(Download.class);

    private final DownloadSettings settings;
    private final ProgressListener listener;
    private final HttpClient client;

    Download(DownloadSettings settings, ProgressListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.timeout())
                .build();
    }

    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Downloads a file; an attempt that received bytes resets the number of attempts. */
    void run(URI address, Path file) {
        Path part = part(file);
        Transfer transfer = new Transfer(client, address, part, settings.timeout(), listener);
        Duration wait = settings.firstWait();
        for (int attempt = 1; ; attempt++) {
            long before = size(part);
            try {
                transfer.run();
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (Transfer.LocalException e) {
                throw new InvalidInputException(
                        part.toString(), "cannot be written: " + e.getMessage() + "; free some space and run again");
            } catch (IOException e) {
                if (size(part) > before) {
                    attempt = 0;
                    wait = settings.firstWait();
                } else if (attempt >= settings.attempts()) {
                    throw new InvalidInputException(
                            address.toString(),
                            "cannot be downloaded: " + reason(e) + "; check the network and run again (" + size(part)
                                    + " bytes are kept), or give another address or folder to fetch from");
                }
                LOGGER.warn("{}: {}; trying again in {} s", address, reason(e), wait.toSeconds());
                pause(wait);
                wait = wait.multipliedBy(2);
            }
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static long size(Path part) {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while downloading");
        }
    }
}
