// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.cli.quickstart.QuickstartReport.MethodRun;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Workers;
import org.sllmr.data.file.Folders;
import org.sllmr.data.store.Dataset;
import org.sllmr.report.ReportPage;
import org.sllmr.report.chart.ChartImage;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.StoredModelTests;
import org.sllmr.report.result.UserTestSource;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.compare.RunComparison;
import org.sllmr.runs.compare.RunGroup;
import org.sllmr.runs.compare.UserTests;
import org.sllmr.runs.export.RunExport;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;

/**
 * The whole workflow on demo data: a shop, a teacher, a backbone alone and with S-LLMR under several seeds, and a
 * report.
 *
 * <p>A stopped quickstart resumes: complete runs with the same configuration are not repeated.
 */
final class Quickstart {
    private final QuickstartSettings settings;
    private final QuickstartListener listener;

    /** A quickstart with these settings. */
    public Quickstart(QuickstartSettings settings, QuickstartListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * The result of a quickstart.
     *
     * @param result the comparison of the methods
     * @param report the page
     * @param bundles the guided model and the backbone alone, of the first seed, to serve
     */
    public record Outcome(FirstResult result, Path report, List<Path> bundles) {}

    /**
     * Runs the quickstart.
     *
     * @throws InvalidInputException if the folder cannot be used, or holds runs of other settings
     * @throws InterruptedException if it was stopped; complete runs are kept
     */
    public Outcome run() throws IOException, InterruptedException {
        QuickstartFolder.take(settings);
        QuickstartData data = new QuickstartData(settings, listener);
        Dataset dataset = data.dataset();
        RunInputs inputs = RunInputs.of(dataset, Optional.empty()).with(data.teacher(dataset));
        QuickstartMethod baseline = QuickstartMethod.named("Backbone alone", "backbone", data);
        QuickstartMethod method = QuickstartMethod.named("S-LLMR", "s-llmr", data);
        List<MethodRun> runs = runs(List.of(baseline, method), inputs);
        TrainingData training = dataset.trainingData();
        FirstResult result = compared(baseline, method, runs, dataset);
        QuickstartReport report = new QuickstartReport(
                DataSummary.of(
                        training, ColdUsers.MAX_INTERACTIONS, inputs.slices().longTail()),
                baseline.described(),
                method.described(),
                runs,
                result,
                overUsers(dataset, baseline.name(), runs),
                NextStep.ALL);
        ResultTable table = report.table();
        ReportPage.write(report.model(), settings.report());
        Files.writeString(
                settings.picture(), ChartImage.render(ResultCharts.of(table, baseline.name(), method.name())));
        return new Outcome(
                result,
                settings.report(),
                List.of(bundle(method, "bundle", runs, dataset), bundle(baseline, "bundle-alone", runs, dataset)));
    }

    /** Exports the first run of a method; the users are made up, so their ids and histories are kept as they are. */
    private Path bundle(QuickstartMethod method, String name, List<MethodRun> runs, Dataset dataset)
            throws IOException {
        listener.progressed("exporting", 0, 1);
        RunFolder run = runs.stream()
                .filter(one -> one.method().equals(method.name()))
                .min(Comparator.comparingLong(MethodRun::seed))
                .orElseThrow()
                .folder();
        Path place = settings.out().resolve(name);
        // That of an earlier quickstart may be of other runs.
        Folders.delete(place);
        RunExport.run(run, dataset, method.file(), HistoryForm.PLAIN, place, false);
        return place;
    }

    private FirstResult compared(
            QuickstartMethod baseline, QuickstartMethod method, List<MethodRun> runs, Dataset dataset)
            throws IOException {
        List<RunGroup> groups = List.of(group(baseline, runs), group(method, runs));
        return FirstResult.of(
                baseline.described().backbone() + " on "
                        + dataset.trainingData().name(),
                method.name(),
                settings.seeds(),
                RunComparison.of(
                        groups, dataset, Split.TEST, RankingSettings.defaults().cutoffs(), listener));
    }

    private static RunGroup group(QuickstartMethod method, List<MethodRun> runs) {
        TreeMap<Long, RunFolder> bySeed = new TreeMap<>();
        runs.stream()
                .filter(run -> run.method().equals(method.name()))
                .forEach(run -> bySeed.put(run.seed(), run.folder()));
        return new RunGroup(method.name(), bySeed);
    }

    private static UserTestSource overUsers(Dataset dataset, String baseline, List<MethodRun> runs) {
        UserTests tests = new UserTests(dataset, Split.TEST, ProgressListener.NONE);
        return new StoredModelTests(
                baseline,
                name -> Optional.of(tests),
                (data, backbone, method, seed) -> runs.stream()
                        .filter(run -> run.method().equals(method) && run.seed() == seed)
                        .map(MethodRun::folder)
                        .findFirst()
                        .orElseThrow());
    }

    private List<MethodRun> runs(List<QuickstartMethod> methods, RunInputs inputs)
            throws IOException, InterruptedException {
        // A run uses one processor and a part of a second, so there are as many at once as processors.
        int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), 8));
        List<Callable<MethodRun>> runs = new ArrayList<>();
        for (long seed : settings.seedList()) {
            for (QuickstartMethod method : methods) {
                runs.add(() -> run(method, seed, inputs));
            }
        }
        try (Workers workers = new Workers(threads, "run")) {
            return workers.all(runs);
        }
    }

    private MethodRun run(QuickstartMethod method, long seed, RunInputs inputs) throws InterruptedException {
        RunSettings run = method.settings().withSeed(seed);
        Path folder = settings.run(method.described(), seed);
        if (Files.exists(folder)) {
            RunFolder found = RunFolder.open(folder);
            if (!found.contents().configuration().equals(RunConfiguration.write(run))) {
                throw new InvalidInputException(
                        folder.toString(), "is a run of other settings; give another --out, or delete the folder");
            }
            listener.finished(method.name(), seed);
            return new MethodRun(method.name(), found);
        }
        RunFolder made = RunExecution.execute(run, inputs, folder, listener.training(method.name(), seed));
        listener.finished(method.name(), seed);
        return new MethodRun(method.name(), made);
    }
}
