// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.document.JsonReader;
import org.sllmr.configuration.document.Node;
import org.sllmr.configuration.document.Node.Mapping;
import org.sllmr.configuration.document.Origin;
import org.sllmr.configuration.document.Problems;
import org.sllmr.configuration.document.YamlReader;

/**
 * Reads a settings record from its defaults, a file, the environment and the command line; later ones override earlier
 * ones.
 *
 * <p>Keys are the records' component names, in camel case or with hyphens. Nested records are nested keys; lists are
 * lists; enum constants are lower case with hyphens; an interface is bound by {@link Variants}. A record with a static
 * {@code defaults()} needs only the keys that differ from it; without one, every key is required that is not nullable,
 * optional, a list, or a record with defaults. Components are primitives and their boxes, {@code String}, {@link Path},
 * enums, records, interfaces with variants, and {@code List}, {@code Optional} and {@code Map<String, ...>} of these.
 *
 * <pre>{@code
 * TrainSettings settings = SettingsReader.of(TrainSettings.class, variants)
 *         .file(path)
 *         .environment(System.getenv())
 *         .assignments(List.of("training.batchSize=256"))
 *         .read();
 * }</pre>
 *
 * @param <T> the settings record
 */
public final class SettingsReader<T extends Record> {
    /** What the names of environment variables start with: {@code SLLMR_TRAINING_BATCH_SIZE}. */
    public static final String PREFIX = "SLLMR_";

    private static final Logger LOGGER = LoggerFactory.getLogger(SettingsReader.class);
    private static final Origin NOWHERE = new Origin(-1, 0, "settings", ": ");

    private final Class<T> type;
    private final Shape.Group group;
    private final @Nullable Mapping document;
    private final Map<String, String> environment;
    private final List<String> assignments;

    private SettingsReader(
            Class<T> type,
            Shape.Group group,
            @Nullable Mapping document,
            Map<String, String> environment,
            List<String> assignments) {
        this.type = type;
        this.group = group;
        this.document = document;
        this.environment = environment;
        this.assignments = assignments;
    }

    /**
     * A reader of the record's defaults alone.
     *
     * @throws IllegalArgumentException if a component has a type that settings cannot have
     */
    public static <T extends Record> SettingsReader<T> of(Class<T> type, Variants variants) {
        return new SettingsReader<>(type, new Shapes(variants).group(type), null, Map.of(), List.of());
    }

    /**
     * Sets the YAML file, in UTF-8; replaces an earlier file or text.
     *
     * @throws InvalidInputException if it cannot be read or is not YAML
     */
    public SettingsReader<T> file(Path file) {
        String name = file.toString();
        try {
            return text(name, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(name, "there is no such file");
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(name, "is not UTF-8 text; save it in that encoding");
        } catch (IOException e) {
            String why = Files.isDirectory(file)
                    ? "is a folder, a YAML file is needed"
                    : e instanceof AccessDeniedException
                            ? "cannot be read: no permission"
                            : "cannot be read: " + e.getMessage();
            throw new InvalidInputException(name, why);
        }
    }

    /**
     * Sets the YAML text; replaces an earlier file or text.
     *
     * @param name its name in messages
     * @throws InvalidInputException if it is not YAML
     */
    public SettingsReader<T> text(String name, String yaml) {
        return new SettingsReader<>(type, group, YamlReader.document(name, yaml), environment, assignments);
    }

    /**
     * Sets a JSON text; replaces an earlier file or text.
     *
     * @param name its name in messages
     * @throws InvalidInputException if it is not a JSON object
     */
    public SettingsReader<T> json(String name, String json) {
        return new SettingsReader<>(type, group, JsonReader.document(name, json), environment, assignments);
    }

    /**
     * Sets the environment; variables that belong to this record are used.
     *
     * <p>A variable that starts with {@value #PREFIX} and a top-level key of the record must name a setting; others are
     * ignored.
     */
    public SettingsReader<T> environment(Map<String, String> variables) {
        return new SettingsReader<>(type, group, document, new TreeMap<>(variables), assignments);
    }

    /** Sets assignments such as {@code training.batchSize=256}; the value is YAML; a later one wins. */
    public SettingsReader<T> assignments(List<String> all) {
        return new SettingsReader<>(type, group, document, environment, List.copyOf(all));
    }

    /**
     * Binds everything.
     *
     * @throws InvalidInputException with every problem of all sources, in their order
     */
    public T read() {
        Problems problems = new Problems();
        FormerNames formerNames = new FormerNames(LOGGER::warn);
        SettingsPaths paths = new SettingsPaths(group, formerNames);
        Mapping merged = document == null ? new Mapping(NOWHERE, List.of()) : formerNames.replace(document);
        merged = withEnvironment(merged, paths, formerNames, problems);
        merged = withAssignments(merged, paths, problems);
        Object settings = new Binder(problems)
                .group(group, merged, Records.defaults(type), "")
                .orElse(null);
        problems.throwIfAny();
        if (settings == null) {
            throw new IllegalStateException("no settings and no problem for " + type);
        }
        return type.cast(settings);
    }

    private Mapping withEnvironment(Mapping mapping, SettingsPaths paths, FormerNames formerNames, Problems problems) {
        List<String> own = Stream.concat(paths.all().stream(), formerNames.paths().stream())
                .filter(path -> path.indexOf('.') < 0)
                .map(path -> PREFIX + Spelling.upper(path))
                .toList();
        Mapping merged = mapping;
        int order = 0;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (own.stream().noneMatch(key -> name.equals(key) || name.startsWith(key + "_"))) {
                continue;
            }
            Origin origin = Origin.variable(name, order++);
            List<String> keys = paths.findVariable(name.substring(PREFIX.length()));
            if (keys == null) {
                List<String> known = paths.all().stream()
                        .map(path -> PREFIX + Spelling.upper(path))
                        .collect(Collectors.toList());
                String near = Spelling.nearest(name, known);
                problems.add(origin, "", "is not a setting" + (near == null ? "" : "; did you mean '" + near + "'?"));
            } else {
                Node value = value(origin, String.join(".", keys), variable.getValue(), problems);
                merged = value == null ? merged : new Overlay(paths).put(merged, keys, value);
            }
        }
        return merged;
    }

    private Mapping withAssignments(Mapping mapping, SettingsPaths paths, Problems problems) {
        Mapping merged = mapping;
        for (int i = 0; i < assignments.size(); i++) {
            String assignment = assignments.get(i);
            Origin origin = Origin.assignment(i);
            int equals = assignment.indexOf('=');
            String path = (equals < 0 ? assignment : assignment.substring(0, equals)).strip();
            List<String> keys = paths.find(path);
            if (equals < 0) {
                problems.add(origin, path, "has no value; write key=value");
            } else if (keys == null) {
                String near = nearest(path, paths);
                problems.add(origin, path, "is not a setting" + (near == null ? "" : "; did you mean '" + near + "'?"));
            } else {
                Node value = value(origin, path, assignment.substring(equals + 1), problems);
                merged = value == null ? merged : new Overlay(paths).put(merged, keys, value);
            }
        }
        return merged;
    }

    /** The most similar path; a key given without its path is completed. */
    private static @Nullable String nearest(String path, SettingsPaths paths) {
        String near = Spelling.nearest(path, paths.all());
        return near != null
                ? near
                : paths.all().stream()
                        .filter(known -> known.endsWith("." + path))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Node value(Origin origin, String path, String text, Problems problems) {
        try {
            return YamlReader.value(origin, text);
        } catch (InvalidInputException e) {
            problems.add(origin, path, e.problems().get(0).what());
            return null;
        }
    }
}
