// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.model.Backbones;
import org.sllmr.runs.BlendSettings;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunSettings;
import org.sllmr.training.calibration.NewItems;

/** Expands a grid's file into its runs, and reports all problems before anything runs. */
public final class GridReader {
    private final Path file;
    private final GridSettings settings;
    private final Map<String, Path> datasets;
    private final Map<String, Path> teachers;
    private final List<Problem> problems = new ArrayList<>();

    private GridReader(Path file, GridSettings settings, Map<String, Path> datasets, Map<String, Path> teachers) {
        this.file = file;
        this.settings = settings;
        this.datasets = datasets;
        this.teachers = teachers;
    }

    /**
     * Reads what a grid's file declares.
     *
     * @throws InvalidInputException with every problem of the file
     */
    public static GridSettings settings(Path file) {
        return SettingsReader.of(GridSettings.class, RunConfiguration.variants())
                .file(file)
                .read();
    }

    /**
     * Expands a grid into its runs.
     *
     * @param file the grid's file, named in messages; other files are relative to its folder
     * @param settings what the file declares
     * @param seeds instead of the declared seeds, unless empty
     * @param datasets dataset folders by name, instead of those of the file
     * @param teachers teachers' scores by name, instead of those of the file
     * @param filter the part to run; the rest needs no dataset folders or scores
     * @throws InvalidInputException with every problem of every cell
     */
    public static Grid read(
            Path file,
            GridSettings settings,
            List<Long> seeds,
            Map<String, Path> datasets,
            Map<String, Path> teachers,
            GridFilter filter) {
        GridReader reader = new GridReader(file, settings, datasets, teachers);
        Grid grid = reader.expand(seeds.isEmpty() ? settings.seeds() : seeds, filter);
        if (!reader.problems.isEmpty()) {
            throw new InvalidInputException(reader.problems.stream().distinct().toList());
        }
        return grid;
    }

    private Grid expand(List<Long> seeds, GridFilter filter) {
        named("--data", datasets);
        named("--teacher", teachers);
        Map<String, RunSettings> backbones = new LinkedHashMap<>();
        settings.backbones()
                .forEach((name, entry) ->
                        attempt(() -> backbone(name, entry)).ifPresent(read -> backbones.put(name, read)));
        Map<GridCell, RunSettings> cells = new LinkedHashMap<>();
        settings.frameworks().forEach(this::checkBlend);
        GridOutline outline = outline(seeds, backbones);
        for (GridCell cell : outline.cells()) {
            RunSettings backbone = backbones.get(cell.backbone());
            if (backbone != null) {
                cell(cell, backbone, filter.contains(cell)).ifPresent(read -> cells.put(cell, read));
            }
        }
        List<GridRun> runs = new ArrayList<>();
        for (String data : settings.data().keySet()) {
            for (long seed : seeds) {
                cells.forEach((cell, read) -> {
                    if (cell.data().equals(data)) {
                        runs.add(new GridRun(cell, read.withSeed(seed), blend(cell)));
                    }
                });
            }
        }
        return new Grid(outline, runs);
    }

    private GridOutline outline(List<Long> seeds, Map<String, RunSettings> read) {
        Map<String, String> data = new LinkedHashMap<>();
        settings.data().forEach((name, entry) -> data.put(name, entry.label().orElse(name)));
        Map<String, String> backbones = new LinkedHashMap<>();
        settings.backbones()
                .forEach((name, entry) ->
                        backbones.put(name, entry.label().orElseGet(() -> title(name, read.get(name)))));
        Map<String, String> frameworks = new LinkedHashMap<>();
        settings.frameworks()
                .forEach((name, entry) -> frameworks.put(name, entry.label().orElse(name)));
        Optional<PaperNumbers> paper =
                settings.paper().flatMap(numbers -> attempt(() -> PaperNumbers.read(file.resolveSibling(numbers))));
        String baseline = settings.baseline()
                .orElseGet(() -> settings.frameworks().keySet().iterator().next());
        return new GridOutline(settings.title(), data, backbones, frameworks, seeds, baseline, paper);
    }

    private static String title(String name, @Nullable RunSettings read) {
        if (read == null) {
            return name;
        }
        return Backbones.named(Backbones.nameOf(read.model().backbone())).title();
    }

    private RunSettings backbone(String name, BackboneEntry entry) {
        SettingsReader<RunSettings> reader = RunConfiguration.reader();
        if (entry.configuration().isPresent()) {
            reader = reader.file(file.resolveSibling(entry.configuration().get()));
        }
        return set(reader, "backbones." + name, entry.set());
    }

    private Optional<RunSettings> cell(GridCell cell, RunSettings backbone, boolean runs) {
        FrameworkEntry framework = framework(cell.framework());
        if (framework.blendOf().isPresent()) {
            if (runs && framework.withTeacher()) {
                requireTeacher(cell.data(), teacher(cell.data()), "a blend needs");
            }
            return cell(
                    new GridCell(
                            cell.data(), cell.backbone(), framework.blendOf().get()),
                    backbone,
                    runs);
        }
        DataEntry entry = settings.data().getOrDefault(cell.data(), DataEntry.defaults());
        Optional<Path> dataset = Optional.ofNullable(datasets.get(cell.data())).or(entry::dataset);
        Optional<Path> teacher = teacher(cell.data());
        RunSettings settled = new RunSettings(
                dataset,
                teacher,
                backbone.seed(),
                backbone.model(),
                backbone.training(),
                framework.guidance(),
                backbone.start());
        Optional<RunSettings> read = attempt(() -> apply(settled, "frameworks." + cell.framework(), framework.set()));
        for (int index = 0; index < settings.overrides().size() && read.isPresent(); index++) {
            OverrideEntry override = settings.overrides().get(index);
            if (override.applies(cell.data(), cell.backbone(), cell.framework())) {
                RunSettings before = read.get();
                String place = "overrides[" + index + "]";
                read = attempt(() -> apply(before, place, override.set()));
            }
        }
        read.ifPresent(found -> {
            if (!found.start().none()) {
                problems.add(new Problem(
                        file.toString(),
                        "has runs that start from another one (start.from or start.refit), which a grid's cannot; remove"
                                + " that, or use 'sllmr train'"));
            }
        });
        if (runs) {
            read.ifPresent(found -> places(cell.data(), found));
        }
        return read.map(found -> found.needTeacher()
                ? found
                : new RunSettings(
                        found.data(),
                        Optional.empty(),
                        found.seed(),
                        found.model(),
                        found.training(),
                        found.guidance()));
    }

    private FrameworkEntry framework(String name) {
        return settings.frameworks().getOrDefault(name, FrameworkEntry.defaults());
    }

    private Optional<Path> teacher(String data) {
        return Optional.ofNullable(teachers.get(data))
                .or(settings.data().getOrDefault(data, DataEntry.defaults())::teacher);
    }

    private Optional<GridBlend> blend(GridCell cell) {
        FrameworkEntry framework = framework(cell.framework());
        return framework
                .blendOf()
                .map(of -> new GridBlend(
                        new GridCell(cell.data(), cell.backbone(), of),
                        new BlendSettings(
                                framework.withTeacher() ? teacher(cell.data()) : Optional.empty(),
                                framework.tailConstant(),
                                framework.newItems())));
    }

    private void checkBlend(String name, FrameworkEntry framework) {
        String place = file + ": frameworks." + name;
        if (framework.blendOf().isEmpty()) {
            if (framework.tailConstant() != 0
                    || !framework.withTeacher()
                    || framework.newItems() != NewItems.UNPOPULAR) {
                problems.add(new Problem(
                        place,
                        "has withTeacher, tailConstant or newItems, which only a blend has; say which by blendOf"));
            }
            return;
        }
        String of = framework.blendOf().get();
        if (!settings.frameworks().containsKey(of)
                || settings.frameworks().get(of).blendOf().isPresent()) {
            problems.add(new Problem(
                    place + ".blendOf",
                    "is " + of + ", allowed is a framework that trains: "
                            + settings.frameworks().entrySet().stream()
                                    .filter(other -> other.getValue().blendOf().isEmpty())
                                    .map(Map.Entry::getKey)
                                    .collect(Collectors.joining(", "))));
        }
        if (!framework.guidance().equals(FrameworkEntry.defaults().guidance())
                || !framework.set().isEmpty()) {
            problems.add(new Problem(
                    place, "has guidance or set besides blendOf; a blend trains nothing, so give them to " + of));
        }
        if (!framework.withTeacher() && framework.tailConstant() == 0) {
            problems.add(new Problem(place, "is blended with nothing; leave withTeacher out, or give a tailConstant"));
        }
        if (!framework.withTeacher() && framework.newItems() != NewItems.UNPOPULAR) {
            problems.add(new Problem(
                    place + ".newItems",
                    "is set, but popularity counts only in a blend with a teacher; leave one of newItems and withTeacher"
                            + " out"));
        }
    }

    private void requireTeacher(String data, Optional<Path> teacher, String why) {
        if (teacher.isEmpty()) {
            problems.add(new Problem(
                    file + ": data." + data + ".teacher",
                    "is not set, but " + why + " the teacher's scores; give them by --teacher " + data
                            + "=FILE; 'sllmr score run' makes them"));
        }
    }

    private void places(String data, RunSettings run) {
        if (run.data().isEmpty()) {
            problems.add(new Problem(
                    file + ": data." + data + ".dataset",
                    "is not set; give the dataset folder by --data " + data + "=FOLDER, or make one with 'sllmr data"
                            + " prepare'"));
        }
        if (run.needTeacher()) {
            requireTeacher(data, run.teacher(), "guidance or model need");
        }
    }

    private RunSettings apply(RunSettings settled, String place, Map<String, String> set) {
        if (set.isEmpty()) {
            return settled;
        }
        return set(RunConfiguration.reader().text(place, RunConfiguration.write(settled)), place, set);
    }

    private RunSettings set(SettingsReader<RunSettings> reader, String place, Map<String, String> set) {
        List<String> assignments = new ArrayList<>();
        set.forEach((key, value) -> assignments.add(key + "=" + value));
        try {
            return reader.assignments(assignments).read();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> problem.where().startsWith("--set ")
                            ? new Problem(
                                    file + ": " + place + ".set "
                                            + problem.where().substring("--set ".length()),
                                    problem.what())
                            : problem)
                    .toList());
        }
    }

    private void named(String option, Map<String, Path> places) {
        for (String name : places.keySet()) {
            if (!settings.data().containsKey(name)) {
                problems.add(new Problem(
                        option,
                        "the grid has no data '" + name + "'; it has "
                                + String.join(", ", settings.data().keySet())));
            }
        }
    }

    private <T> Optional<T> attempt(Supplier<T> making) {
        try {
            return Optional.of(making.get());
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
