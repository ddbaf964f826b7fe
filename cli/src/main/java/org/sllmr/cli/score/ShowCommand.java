// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import static org.sllmr.cli.terminal.TableRows.count;
import static org.sllmr.cli.terminal.TableRows.share;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ConstantName;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.embedding.ItemTexts;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanHistories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a plan. */
@Command(
        name = "show",
        description = {
            "Show a plan's candidates: their sources, and those of one user.",
            "Example: sllmr score show beauty.plan --data beauty --user A2XTLKD07XU9HS"
        })
final class ShowCommand extends ReportingCommand<ShowCommand.Shown> {
    private static final int LONGEST_TEXT = 70;

    @Parameters(paramLabel = "PLAN", description = "A file that 'sllmr score plan' wrote.")
    private Path file = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DATASET", description = "The dataset folder.")
    private Path dataset = Path.of("");

    @Option(names = "--user", paramLabel = "ID", description = "A user, whose history and candidates are listed.")
    private @Nullable String user;

    /**
     * The result.
     *
     * @param plan the file
     * @param origin what the plan was made from
     * @param users number of users in the plan
     * @param candidates number of (user, item) pairs
     * @param sources number of candidates by source
     * @param history the chosen user's history as the teacher sees it, oldest first; empty without a user
     * @param asked the chosen user's candidates; empty without a user
     */
    public record Shown(
            String plan,
            CandidatePlan.Origin origin,
            int users,
            int candidates,
            List<PlanCommand.Source> sources,
            List<Item> history,
            List<Item> asked) {
        /** Copies the lists. */
        public Shown {
            sources = List.copyOf(sources);
            history = List.copyOf(history);
            asked = List.copyOf(asked);
        }
    }

    /**
     * An item of a history or a candidate.
     *
     * @param source source of the candidate, or {@code history}
     * @param item its id
     * @param text its text
     */
    public record Item(String source, String item, String text) {}

    /** A command that reports on the given terminal. */
    public ShowCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Shown result() throws IOException {
        PathChecks.checkFile(file);
        TrainingData data = Dataset.open(dataset).trainingData();
        CandidatePlan plan = CandidatePlan.read(file, data);
        int users = 0;
        for (int index = 0; index < plan.users(); index++) {
            users += plan.offsets()[index + 1] > plan.offsets()[index] ? 1 : 0;
        }
        List<Item> history = new ArrayList<>();
        List<Item> asked = new ArrayList<>();
        if (user != null) {
            list(user, plan, data, history, asked);
        }
        return new Shown(file.toString(), plan.origin(), users, plan.size(), PlanCommand.sources(plan), history, asked);
    }

    private static void list(String id, CandidatePlan plan, TrainingData data, List<Item> history, List<Item> asked) {
        int user = data.userIds().indexOf(id);
        if (user < 0) {
            throw new InvalidInputException("--user", "dataset '" + data.name() + "' has no user '" + id + "'");
        }
        List<String> texts = ItemTexts.of(data.catalogue(), List.of());
        PlanHistories log = plan.histories(data.log());
        for (int position = 0; position < log.length(user); position++) {
            int item = log.item(user, position);
            history.add(new Item("history", data.catalogue().ids().value(item), texts.get(item)));
        }
        for (int index = plan.offsets()[user]; index < plan.offsets()[user + 1]; index++) {
            int item = plan.items()[index];
            asked.add(new Item(
                    ConstantName.of(CandidateSource.of(plan.sources()[index]).name()),
                    data.catalogue().ids().value(item),
                    texts.get(item)));
        }
    }

    @Override
    protected void print(Shown shown, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d candidates for %,d users of '%s', seed %d%n%n",
                shown.plan(),
                shown.candidates(),
                shown.users(),
                shown.origin().dataset(),
                shown.origin().seed());
        TableRows table = new TableRows("source", "candidates", "share");
        for (PlanCommand.Source source : shown.sources()) {
            table.row(source.source(), count(source.candidates()), share(source.candidates(), shown.candidates()));
        }
        table.print(out, terminal().width());
        if (!shown.history().isEmpty() || !shown.asked().isEmpty()) {
            out.println();
            shown.history().forEach(item -> print(item, out));
            out.println();
            shown.asked().forEach(item -> print(item, out));
        }
    }

    private static void print(Item item, PrintStream out) {
        String text = item.text().replaceAll("\\p{Cntrl}", " ");
        out.printf(
                "%-10s  %s  %s%n",
                item.source(),
                item.item(),
                text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...");
    }
}
