// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sllmr.configuration.document.Node;
import org.sllmr.configuration.document.YamlReader;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.TeacherTable;

/**
 * Everything that decides the results of a training, by name: settings, data and teacher's scores, but not their paths.
 *
 * <p>A training resumes only what has the same fingerprint; otherwise it is refused, naming what differs.
 *
 * @param entries value by name, such as {@code training.batchSize}; in alphabetical order
 */
public record Fingerprint(Map<String, String> entries) {
    private static final int MAX_SHOWN = 4;
    private static final String DATA = "the dataset";
    private static final String TEACHER = "the teacher's scores";
    private static final String FROM = "the run to go on from";
    private static final String REFIT = "the run that is refitted";
    private static final String TEXTS = "texts ";

    /** Copies in alphabetical order. */
    public Fingerprint {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /** The fingerprint of settings alone, without data. */
    public static Fingerprint of(RunSettings settings) {
        RunSettings anywhere = new RunSettings(
                Optional.empty(),
                Optional.empty(),
                settings.seed(),
                settings.model(),
                // A second thread does not change the results.
                settings.training().withPrepareAhead(false),
                settings.guidance(),
                settings.start().anywhere());
        Fingerprint all =
                new Fingerprint(Map.of()).with("", YamlReader.document("settings", RunConfiguration.write(anywhere)));
        return settings.start().from().isPresent() ? all : all.without(name -> name.startsWith("start."));
    }

    /**
     * The fingerprint of settings with data.
     *
     * @param dataHash content hash of the dataset
     * @param teacherHash hash of the teacher's scores; ignored if the settings need none
     */
    public static Fingerprint of(RunSettings settings, String dataHash, Optional<String> teacherHash) {
        Fingerprint alone = of(settings).with(DATA, dataHash);
        return settings.needTeacher() ? alone.with(TEACHER, teacherHash.orElse("none")) : alone;
    }

    /** The fingerprint of settings with a run's inputs. */
    public static Fingerprint of(RunSettings settings, RunInputs inputs) {
        return of(settings, inputs.dataset().manifest().contentHash(), inputs.teacherHash())
                .withTexts(WrittenKnowledge.sources(settings.model()))
                .after(inputs.start().origin(Optional.empty()));
    }

    /** This fingerprint with the hashes of texts that a model reads, so that a training with other ones is another one. */
    Fingerprint withTexts(List<TextSource> sources) {
        Fingerprint all = this;
        for (TextSource texts : sources) {
            all = all.with(TEXTS + texts.kind(), texts.fileHash());
        }
        return all;
    }

    private Fingerprint after(Optional<RunOrigin> origin) {
        Fingerprint all = this;
        if (origin.flatMap(RunOrigin::from).isPresent()) {
            all = all.with(FROM, origin.flatMap(RunOrigin::from).get().model());
        }
        if (origin.flatMap(RunOrigin::refit).isPresent()) {
            all = all.with(REFIT, origin.flatMap(RunOrigin::refit).get().model());
        }
        return all;
    }

    /** The fingerprint of an existing run. */
    public static Fingerprint of(RunFolder run) {
        RunContents contents = run.contents();
        RunSettings settings = RunConfiguration.read(run.path().toString(), contents.configuration());
        return of(
                        settings,
                        contents.provenance().dataHash(),
                        contents.provenance().teacher().map(TeacherSource::fileHash))
                .withTexts(contents.provenance().texts())
                .after(contents.origin())
                .divided(contents.provenance().division());
    }

    /** This fingerprint with how the training is divided among workers; the same for one machine. */
    Fingerprint divided(Optional<Division> division) {
        return division.map(parts -> with("workers", Integer.toString(parts.workers()))
                        .with("stepsPerRound", Integer.toString(parts.stepsPerRound())))
                .orElse(this);
    }

    /** This fingerprint with another entry. */
    public Fingerprint with(String name, String value) {
        Map<String, String> more = new TreeMap<>(entries);
        more.put(name, value);
        return new Fingerprint(more);
    }

    /** This fingerprint with the entries of a document, named with a prefix such as {@code search.}. */
    public Fingerprint with(String prefix, Node.Mapping document) {
        Map<String, String> more = new TreeMap<>(entries);
        document.entries().forEach(entry -> flatten(prefix + entry.key(), entry.value(), more));
        return new Fingerprint(more);
    }

    /** A hash of a teacher's scores, independent of their file. */
    public static String hash(TeacherTable table) {
        return new Sha256()
                .add(table.offsets())
                .add(table.items())
                .add(table.scores())
                .add(Arrays.toString(table.heldOut()))
                .hex();
    }

    /** The entries of the settings alone. */
    Fingerprint settings() {
        return without(Fingerprint::isHash);
    }

    /** Whether an entry is a hash of something that is read, and no setting. */
    private static boolean isHash(String name) {
        return Set.of(DATA, TEACHER, FROM, REFIT).contains(name) || name.startsWith(TEXTS);
    }

    private Fingerprint without(Predicate<String> names) {
        Map<String, String> fewer = new TreeMap<>(entries);
        fewer.keySet().removeIf(names);
        return new Fingerprint(fewer);
    }

    /** The entries of the dataset and the teacher's scores alone. */
    public Fingerprint inputs() {
        Map<String, String> fewer = new TreeMap<>(entries);
        fewer.keySet().retainAll(List.of(DATA, TEACHER));
        return new Fingerprint(fewer);
    }

    /** A hash of all entries. */
    public String hash() {
        return Sha256.of(text());
    }

    /**
     * The differences, such as {@code training.batchSize (128 there, 256 now)}; empty if there are none.
     *
     * @param there the fingerprint of the existing run or training
     */
    public String differences(Fingerprint there) {
        TreeSet<String> names = new TreeSet<>(entries.keySet());
        names.addAll(there.entries.keySet());
        List<String> different = new ArrayList<>();
        for (String name : names) {
            String before = there.entries.getOrDefault(name, "nothing");
            String now = entries.getOrDefault(name, "nothing");
            // Runs of earlier versions do not say which texts they read.
            boolean unsaid = name.startsWith(TEXTS) && !there.entries.containsKey(name);
            if (!before.equals(now) && !unsaid && !isWithinAnother(name, there)) {
                different.add(isHash(name) ? name : name + " (" + before + " there, " + now + " now)");
            }
        }
        String more = different.size() > MAX_SHOWN ? " and " + (different.size() - MAX_SHOWN) + " more" : "";
        return different.stream().limit(MAX_SHOWN).collect(Collectors.joining(", ")) + more;
    }

    /** Whether an entry belongs to a variant whose name already differs, such as a setting of another backbone. */
    private boolean isWithinAnother(String name, Fingerprint there) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String kind = name.substring(0, dot) + ".name";
            if (!name.equals(kind) && !entries.getOrDefault(kind, "").equals(there.entries.getOrDefault(kind, ""))) {
                return true;
            }
        }
        return false;
    }

    /** The entries as text, a line each. */
    public String text() {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Reads what {@link #text} wrote; other lines are ignored. */
    public static Fingerprint read(String text) {
        Map<String, String> entries = new TreeMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                entries.put(line.substring(0, colon), line.substring(colon + 2));
            }
        });
        return new Fingerprint(entries);
    }

    private static void flatten(String name, Node node, Map<String, String> entries) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                flatten(name + "." + entry.key(), entry.value(), entries);
            }
        } else {
            entries.put(name, value(node));
        }
    }

    private static String value(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().replaceAll("\\s+", " ");
        } else if (node instanceof Node.Sequence sequence) {
            return sequence.elements().stream().map(Fingerprint::value).collect(Collectors.joining(", ", "[", "]"));
        } else if (node instanceof Node.Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> entry.key() + "=" + value(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return "nothing";
    }
}
