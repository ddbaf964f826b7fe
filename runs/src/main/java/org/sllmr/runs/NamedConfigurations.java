// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.Spelling;

/**
 * The configurations that come with the program, by name: {@code recommended/dcnv2} is the file {@code
 * configurations/recommended/dcnv2.yaml} of its sources.
 */
public final class NamedConfigurations {
    /** The configuration that is trained by default. */
    public static final String DEFAULT = "recommended/dcnv2";

    private static final List<String> BACKBONES = List.of("autoint", "dcnv1", "dcnv2", "deepfm", "din", "xdeepfm");
    /** Those with the settings of their own papers, which nothing else was measured with. */
    private static final List<String> PUBLISHED_ONLY = List.of("lightgcn", "sasrec");

    private static final String FOLDER = "configurations/";
    private static final String ENDING = ".yaml";

    private NamedConfigurations() {}

    /** All names, such as {@code recommended/dcnv2} and {@code published/dcnv2}. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String kind : List.of("recommended", "published")) {
            BACKBONES.forEach(backbone -> names.add(kind + "/" + backbone));
        }
        PUBLISHED_ONLY.forEach(backbone -> names.add("published/" + backbone));
        return names;
    }

    /** The text of a configuration. */
    public static Optional<String> text(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        try (InputStream stream = NamedConfigurations.class.getResourceAsStream(FOLDER + name + ENDING)) {
            if (stream == null) {
                throw new IllegalStateException("the configuration " + name + " is not in the jar");
            }
            return Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A reader of a file, or of a configuration that comes with the program; a file takes precedence.
     *
     * @param wanted a file's path, or a name, with or without {@code configurations/} and {@code .yaml}
     * @throws InvalidInputException if it is neither, with a similar name if there is one
     */
    public static SettingsReader<RunSettings> reader(String wanted) {
        SettingsReader<RunSettings> reader = RunConfiguration.reader();
        Path file = Path.of(wanted);
        if (Files.exists(file)) {
            return reader.file(file);
        }
        String name = bare(wanted);
        return text(name)
                .map(text -> reader.text(name, text))
                .orElseThrow(
                        () -> new InvalidInputException(wanted, "there is no such file or configuration" + hint(file)));
    }

    private static String hint(Path file) {
        String near = near(file);
        return near != null ? "; did you mean '" + near + "'?" : "; by name there are " + String.join(", ", names());
    }

    private static @Nullable String near(Path file) {
        List<String> known = new ArrayList<>(names());
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
                files.forEach(there ->
                        known.add(file.resolveSibling(there.getFileName()).toString()));
            } catch (IOException unreadable) {
                // The names that come with the program remain as candidates.
            }
        }
        String nearest = Spelling.nearest(file.toString(), known);
        return nearest != null ? nearest : Spelling.nearest(bare(file.toString()), known);
    }

    private static String bare(String wanted) {
        String name = wanted.replace('\\', '/');
        name = name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : name;
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
