// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.bundle.Recommender;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.InputFile;

/**
 * The models that are served, by name. A model is replaced in one step; requests that hold the old one finish with it.
 */
public final class Models {
    private static final Logger LOGGER = LoggerFactory.getLogger(Models.class);

    /** A place may be empty for a moment, while one bundle is moved away and another one to it. */
    private static final int LOOKS = 2;

    /** Stands for the signature of a place where no bundle is. */
    private static final String ABSENT = "absent";

    private final Map<String, Slot> slots = new LinkedHashMap<>();

    /**
     * Where a bundle is.
     *
     * @param name the model's name; empty for the one that the bundle gives
     * @param path the bundle, or a link to it
     */
    public record Source(Optional<String> name, Path path) {}

    /**
     * A model.
     *
     * @param name its name
     * @param version twelve digits of the bundle's hash
     * @param recommender answers
     */
    public record Served(String name, String version, Recommender recommender) {
        private static Served of(Optional<String> name, Recommender recommender) {
            return new Served(
                    name.orElse(recommender.manifest().name()),
                    recommender.hash().substring(0, 12),
                    recommender);
        }
    }

    private static final class Slot {
        private final Path path;
        private final AtomicReference<Served> served;
        private volatile String seen;
        private volatile String refused = "";
        private volatile int absent;

        private Slot(Path path, Served served, String seen) {
            this.path = path;
            this.served = new AtomicReference<>(served);
            this.seen = seen;
        }
    }

    private Models() {}

    /**
     * Opens bundles.
     *
     * @throws InvalidInputException if a bundle cannot be opened, or two models have one name
     */
    public static Models open(List<Source> sources) {
        Models models = new Models();
        for (Source source : sources) {
            Path real = real(source.path());
            String seen = signature(real);
            Served served = Served.of(source.name(), Recommender.open(real));
            if (models.slots.putIfAbsent(served.name(), new Slot(source.path(), served, seen)) != null) {
                throw new InvalidInputException(
                        source.path().toString(),
                        "is a model '" + served.name()
                                + "', and there is one of that name already; give it another one:" + " NAME="
                                + source.path());
            }
        }
        return models;
    }

    /** All models, in the order given. */
    public List<Served> all() {
        return slots.values().stream().map(slot -> slot.served.get()).toList();
    }

    /** The model of a name. */
    public Optional<Served> find(String name) {
        return Optional.ofNullable(slots.get(name)).map(slot -> slot.served.get());
    }

    /**
     * Opens bundles that are others than before at their places, and puts each in the place of the old one once all of it is
     * checked. One that is refused changes nothing.
     *
     * @return the problems of those that were refused
     */
    public synchronized List<InvalidInputException> refresh() {
        List<InvalidInputException> problems = new ArrayList<>();
        slots.forEach((name, slot) -> {
            Path real = real(slot.path);
            String seen = signature(real);
            slot.absent = seen.isEmpty() ? slot.absent + 1 : 0;
            if (slot.absent >= LOOKS) {
                InvalidInputException away = new InvalidInputException(
                        slot.path.toString(), "is neither a zip nor a folder with " + FolderChecksums.NAME);
                refused(slot, name, ABSENT, away, problems);
            }
            if (seen.equals(slot.seen) || seen.isEmpty()) {
                return;
            }
            try {
                Served fresh = Served.of(Optional.of(name), Recommender.open(real));
                slot.served.set(fresh);
                slot.seen = seen;
                slot.refused = "";
                LOGGER.info("model {} is now version {}", name, fresh.version());
            } catch (InvalidInputException e) {
                refused(slot, name, seen, e, problems);
            } catch (OutOfMemoryError e) {
                refused(
                        slot,
                        name,
                        seen,
                        new InvalidInputException(
                                real.toString(),
                                "does not fit into memory beside the bundle that it replaces; give Java more, by"
                                        + " SLLMR_HEAP or -Xmx"),
                        problems);
            }
        });
        return problems;
    }

    private static void refused(
            Slot slot, String name, String seen, InvalidInputException why, List<InvalidInputException> problems) {
        problems.add(why);
        if (!slot.refused.equals(seen)) {
            slot.refused = seen;
            LOGGER.warn("model {} stays as it is; the new bundle is refused: {}", name, why.getMessage());
        }
    }

    /** Where a link leads at this moment: it may lead elsewhere before all files of the bundle are read. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            return path;
        }
    }

    /** What changes when another bundle is put at a place, or a file of it is written; empty while there is none. */
    private static String signature(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return state(path);
            }
            StringBuilder signature = new StringBuilder();
            signature.append(
                    new String(InputFile.bytes(path.resolve(FolderChecksums.NAME)), StandardCharsets.ISO_8859_1));
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.sorted().toList()) {
                    signature.append(state(file)).append('\n');
                }
            }
            return signature.toString();
        } catch (IOException | InvalidInputException absent) {
            return "";
        }
    }

    private static String state(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis() + " " + file.toRealPath();
    }
}
