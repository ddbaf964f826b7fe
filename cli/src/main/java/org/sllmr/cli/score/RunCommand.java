// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.ScanFile;
import org.sllmr.teacher.visit.VisitTeacher;
import org.sllmr.training.tuned.TunedTeacher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks the teacher and writes its scores. */
@Command(
        name = "run",
        description = {
            "Ask the teacher about a dataset's users and write its scores.",
            "The teacher compares item texts with the built-in sentence encoder. With --provider it is a ranker of texts"
                    + " trained on the dataset, random walks over its interactions, or a language model. It sees training"
                    + " interactions only.",
            "Each answer of a language model is stored at once: a run can be stopped at any time, and starting it"
                    + " again asks only for what is missing.",
            "Example: sllmr score run --data beauty --out beauty.scores",
            "         sllmr score run --data beauty --provider tuned-embedding --out beauty.tuned.scores",
            "         sllmr score run --data beauty --provider openai --budget 5 --out beauty.openai.scores",
            "         sllmr score run --data beauty --provider openai --batch --out beauty.batch.scores"
        })
public class RunCommand extends ReportingCommand<TeacherReport> {
    private final TeacherWork work;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TeacherOptions options = new TeacherOptions();

    @Option(names = "--plan", paramLabel = "PLAN", description = "The candidates to ask about; default: a new plan.")
    private @Nullable Path plan;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "The folder for a language model's answers; default: the name of --out with .store added.")
    private @Nullable Path store;

    @Option(names = "--out", required = true, paramLabel = "TEACHER", description = "The file to write.")
    private Path out = Path.of("");

    /** A command that reports on the given terminal. */
    public RunCommand(Terminal terminal) {
        this(terminal, new TeacherWorkHere());
    }

    /** The same with the work done elsewhere. */
    protected RunCommand(Terminal terminal, TeacherWork work) {
        super(terminal);
        this.work = work;
    }

    @Override
    protected final TeacherReport result() throws IOException, InterruptedException {
        if (plan != null && options.plans()) {
            throw new ParameterException(
                    spec.commandLine(), "--plan is complete: --seed and --set plan... are for 'sllmr score plan'");
        }
        TeacherSettings settings = options.settings();
        PathChecks.checkFree(out, options.replace());
        if (plan != null) {
            PathChecks.checkFile(plan);
        }
        TrainingData data = options.data();
        ScanFile unfinished = ScanFile.beside(out);
        Path folder = store == null ? out.resolveSibling(out.getFileName() + ".store") : store;
        CandidatePlan finished = plan != null
                ? CandidatePlan.read(plan, data)
                : options.language().remote() && AnswerStore.exists(folder)
                        ? CandidatePlan.read(AnswerStore.plan(folder), data)
                        : null;
        if (options.language().remote()) {
            // Before the work: finds a missing key at once.
            try (TeacherWork.AskedModel model = work.open(options.language().access(settings.language()), terminal())) {
                CandidatePlan questions = finished != null ? finished : planned(data, settings, unfinished);
                TeacherTableFile scores;
                try {
                    scores = model.ask(questions, data, location(folder));
                } finally {
                    if (AnswerStore.exists(folder)) {
                        // The store has the plan.
                        unfinished.delete();
                    }
                }
                PathChecks.write(out, () -> scores.write(out));
                return TeacherReport.of(out, scores, data);
            }
        }
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors());
                Stages stages = new Stages(terminal())) {
            CatalogueTeacher teacher = options.teacher(data, settings.teacher(), blocks, stages);
            CandidatePlan questions = finished != null
                    ? finished
                    : work.plan(options.planner(data, teacher, settings), blocks, stages, unfinished);
            TeacherTableFile scores = options.language().made()
                    ? Scoring.run(
                            made(teacher.teacher(), questions, data, settings, blocks, stages),
                            questions,
                            data.log(),
                            blocks,
                            stages)
                    : work.score(teacher.teacher(), questions, data.log(), blocks, stages);
            PathChecks.write(out, () -> scores.write(out));
            unfinished.delete();
            return TeacherReport.of(out, scores, data);
        }
    }

    /** The teacher that is made of the training interactions first. */
    private Teacher made(
            EmbeddingTeacher texts,
            CandidatePlan plan,
            TrainingData data,
            TeacherSettings settings,
            Blocks blocks,
            Stages stages)
            throws InterruptedException {
        return options.language().visits()
                ? VisitTeacher.of(
                        plan.histories(data.log()), data.catalogue().size(), settings.visits(), blocks, stages)
                : TunedTeacher.train(
                        data,
                        texts.embeddings(),
                        texts.model(),
                        plan.heldOut(),
                        settings.tuned(),
                        new Seed(plan.origin().seed()),
                        stages);
    }

    @Override
    public String whenStopped() {
        return "the same command resumes; vectors of texts, the search for nearest items and answers are kept";
    }

    /** The store as it was written: as a path of this machine, an address would lose a slash. */
    private String location(Path folder) {
        var given = spec.commandLine().getParseResult().matchedOption("--store");
        return given == null ? folder.toString() : given.originalStringValues().get(0);
    }

    private CandidatePlan planned(TrainingData data, TeacherSettings settings, ScanFile unfinished)
            throws IOException, InterruptedException {
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors());
                Stages stages = new Stages(terminal())) {
            CatalogueTeacher teacher = options.teacher(data, settings.teacher(), blocks, stages);
            return work.plan(options.planner(data, teacher, settings), blocks, stages, unfinished);
        }
    }

    @Override
    protected final void print(TeacherReport report, PrintStream out) {
        report.print(out, terminal().width());
        out.printf(
                "%nNext: %s%n      %s%n",
                ShellWords.join("sllmr", "score", "describe", report.file(), "--data", options.dataset()),
                ShellWords.join(
                        "sllmr",
                        "train",
                        "--data",
                        options.dataset(),
                        "--teacher",
                        report.file(),
                        "--set",
                        "guidance=calibrated-pairwise",
                        "--out",
                        "RUN"));
    }
}
