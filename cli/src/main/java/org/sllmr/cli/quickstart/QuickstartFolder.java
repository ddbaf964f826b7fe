// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Unfinished;

/** Records which shop a quickstart's folder holds, so that only the same quickstart resumes there. */
final class QuickstartFolder {
    private static final String MARK = "quickstart.yaml";

    private QuickstartFolder() {}

    /**
     * Prepares a quickstart's folder: a new one, or that of an earlier quickstart with the same shop.
     *
     * @throws InvalidInputException if it holds another shop, or one of unknown settings
     */
    static void take(QuickstartSettings settings) throws IOException {
        String own = String.format(
                Locale.ROOT,
                "# The shop in this folder.%nusers: %d%nitems: %d%nshop: %d%n",
                settings.users(),
                settings.items(),
                settings.shop());
        own = own.replace(System.lineSeparator(), "\n");
        Path mark = settings.out().resolve(MARK);
        if (Files.exists(mark)) {
            String found = new String(InputFile.bytes(mark), StandardCharsets.UTF_8);
            if (!found.equals(own)) {
                throw new InvalidInputException(
                        mark.toString(),
                        "is of another shop (" + words(found) + "), requested is " + words(own)
                                + "; give another --out, or delete the folder");
            }
            return;
        }
        if (Files.exists(settings.out().resolve("shop"))
                || Files.exists(settings.out().resolve("dataset"))) {
            throw new InvalidInputException(
                    settings.out().toString(),
                    "holds a shop or dataset, but no " + MARK + " with its size; give another --out, or delete the"
                            + " folder");
        }
        Files.createDirectories(settings.out());
        Path beside = Unfinished.beside(mark);
        Files.writeString(beside, own);
        Files.move(beside, mark, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String words(String mark) {
        return mark.lines()
                .filter(line -> !line.startsWith("#"))
                .reduce((one, next) -> one + ", " + next)
                .orElse("empty");
    }
}
