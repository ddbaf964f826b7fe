// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import static org.sllmr.cli.terminal.TableRows.count;
import static org.sllmr.cli.terminal.TableRows.share;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ConstantName;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.run.Forecast;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.ValidationPlan;
import org.sllmr.teacher.vector.ScanFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a candidate plan without asking the teacher. */
@Command(
        name = "plan",
        description = {
            "Choose the items that the teacher is asked about, for each user.",
            "'score run' can plan by itself; a separate plan shows the number of requests beforehand, and can be"
                    + " used for several teachers.",
            "For a large catalogue this takes minutes. It can be stopped at any time: the same command resumes.",
            "Example: sllmr score plan --data beauty --out beauty.plan"
        })
public class PlanCommand extends ReportingCommand<PlanCommand.Planned> {
    private final TeacherWork work;

    @Mixin
    private TeacherOptions options = new TeacherOptions();

    @Option(names = "--out", required = true, paramLabel = "PLAN", description = "The file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--validation",
            paramLabel = "USERS",
            description = "Instead, ask about the validation samples of so many random users, for 'score describe"
                    + " --validation'.")
    private @Nullable Integer validation;

    /**
     * The result.
     *
     * @param plan the file
     * @param dataset name of the dataset
     * @param seed seed of the sampling
     * @param users number of users
     * @param candidates number of (user, item) pairs
     * @param sources number of candidates by source
     * @param forecast the forecast for the language model, if {@code --provider} names one
     * @param next the command that asks the teacher
     */
    public record Planned(
            String plan,
            String dataset,
            long seed,
            int users,
            int candidates,
            List<Source> sources,
            Optional<Forecast> forecast,
            String next) {
        /** Copies the list. */
        public Planned {
            sources = List.copyOf(sources);
        }
    }

    /**
     * A source of candidates.
     *
     * @param source name of the source
     * @param candidates their number
     */
    public record Source(String source, int candidates) {}

    /** A command that reports on the given terminal. */
    public PlanCommand(Terminal terminal) {
        this(terminal, new TeacherWorkHere());
    }

    /** The same with the work done elsewhere. */
    protected PlanCommand(Terminal terminal, TeacherWork work) {
        super(terminal);
        this.work = work;
    }

    @Override
    protected final Planned result() throws IOException, InterruptedException {
        TeacherSettings settings = options.settings();
        PathChecks.checkFree(out, options.replace());
        if (validation != null && validation < 1) {
            throw new InvalidInputException("--validation", "is " + validation + ", allowed is 1 or more users");
        }
        TrainingData data = options.data();
        ScanFile unfinished = ScanFile.beside(out);
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors());
                Stages stages = new Stages(terminal())) {
            CandidatePlan plan = validation == null
                    ? work.plan(
                            options.planner(data, options.teacher(data, settings.teacher(), blocks, stages), settings),
                            blocks,
                            stages,
                            unfinished)
                    : ValidationPlan.of(data, validation, settings.plan(), new Seed(options.seed()));
            PathChecks.write(out, () -> plan.write(out));
            unfinished.delete();
            return new Planned(
                    out.toString(),
                    data.name(),
                    options.seed(),
                    plan.users(),
                    plan.size(),
                    sources(plan),
                    forecast(data, plan, settings.language()),
                    next());
        }
    }

    @Override
    public String whenStopped() {
        return "the same command resumes; vectors of texts and the search for nearest items are kept";
    }

    private String next() {
        List<String> words = new ArrayList<>(
                List.of("sllmr", "score", "run", "--data", options.dataset(), "--plan", out.toString()));
        words.addAll(options.words());
        words.add("--out");
        words.add(free(validation == null ? ".scores" : ".judged"));
        return ShellWords.join(words.toArray(String[]::new));
    }

    /** A name for the scores at which nothing is yet: another teacher's may be there. */
    private String free(String ending) {
        String name = options.dataset() + ending;
        for (int number = 2; Files.exists(Path.of(name)); number++) {
            name = options.dataset() + "-" + number + ending;
        }
        return name;
    }

    private Optional<Forecast> forecast(TrainingData data, CandidatePlan plan, LanguageSettings settings) {
        if (!options.language().remote()) {
            return Optional.empty();
        }
        try (LanguageTeacher teacher = options.language().withoutKey(settings)) {
            return Optional.of(teacher.forecast(plan, data));
        }
    }

    /** Number of candidates by source. */
    static List<Source> sources(CandidatePlan plan) {
        return plan.sizes().entrySet().stream()
                .map(entry -> new Source(ConstantName.of(entry.getKey().name()), entry.getValue()))
                .toList();
    }

    @Override
    protected final void print(Planned planned, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d candidates for %,d users of '%s', %.1f a user%n%n",
                planned.plan(),
                planned.candidates(),
                planned.users(),
                planned.dataset(),
                (double) planned.candidates() / planned.users());
        TableRows table = new TableRows("source", "candidates", "share");
        for (Source source : planned.sources()) {
            table.row(source.source(), count(source.candidates()), share(source.candidates(), planned.candidates()));
        }
        table.print(out, terminal().width());
        planned.forecast().ifPresent(forecast -> ForecastText.print(forecast, out));
        out.printf("%nNext: %s%n", planned.next());
    }
}
