// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.RequestRules;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Writable;
import org.sllmr.report.table.PlainText;
import org.sllmr.serving.batch.BatchRecommendation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recommends with a bundle. */
@Command(
        name = "recommend",
        description = {
            "Recommend with a bundle: to a user, to someone with a history, or to all users into a file.",
            "A file has one line of JSON a user, or is Parquet if its name ends with .parquet. A stopped job goes on where"
                    + " it was when it is started again, with the same result."
        })
public final class RecommendCommand extends ReportingCommand<RecommendCommand.Report> {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Parameters(paramLabel = "BUNDLE", description = "The bundle: a folder or a zip file.")
    private Path bundle = Path.of("");

    @Option(names = "--user", paramLabel = "ID", description = "Recommend to a user.")
    private @Nullable String user;

    @Option(
            names = "--history",
            split = ",",
            paramLabel = "ID,..",
            description = "Recommend to someone who took these items, the oldest first.")
    private @Nullable List<String> history;

    @Option(names = "--all", description = "Recommend to all users whose ids the bundle holds.")
    private boolean all;

    @Option(names = "--users", paramLabel = "FILE", description = "Recommend to the users of a file, one id a line.")
    private @Nullable Path users;

    @Option(names = "--out", paramLabel = "FILE", description = "The file for the recommendations of many users.")
    private @Nullable Path out;

    @Mixin
    private final RuleOptions options = new RuleOptions();

    @Option(names = "--explain", description = "Say which items of the history weigh most.")
    private boolean explain;

    @Option(names = "--threads", paramLabel = "N", description = "Threads for many users; default is one a processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /**
     * What was recommended.
     *
     * @param file the file for many users, else empty
     * @param users number of users
     * @param unknown how many of them the model does not know
     * @param resumed users that an earlier, stopped job had done
     * @param items the recommendations for one user
     * @param basis what they rest on; null for many users
     */
    public record Report(
            String file,
            int users,
            int unknown,
            int resumed,
            List<Shown> items,
            Recommendations.@Nullable Basis basis) {}

    /** A recommendation as people read it. */
    public record Shown(
            String item, float score, boolean longTail, String text, List<Recommendations.Reason> reasons) {}

    /** A command that reports on the given terminal. */
    public RecommendCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public String whenStopped() {
        return all || users != null ? "start the same command again to go on" : "";
    }

    @Override
    protected Report result() throws IOException, InterruptedException {
        boolean many = all || users != null;
        if (many && (user != null || history != null || (all && users != null))) {
            throw new InvalidInputException("--all, --users", "recommend to many users; leave the other options out");
        }
        if (!many && user == null && history == null) {
            throw new InvalidInputException(
                    "options", "name whom to recommend to: --user, --history, --users FILE or --all");
        }
        if (many != (out != null)) {
            throw new InvalidInputException(
                    "--out", many ? "is missing; name the file for the recommendations" : "is for many users only");
        }
        if (threads < 1 || threads > 256) {
            throw new InvalidInputException("--threads", "is " + threads + ", allowed is 1 to 256");
        }
        RequestRules rules = options.rules();
        Recommender recommender = Recommender.open(bundle);
        return out == null ? one(recommender, rules) : many(recommender, rules, out);
    }

    private Report one(Recommender recommender, RequestRules rules) {
        Request request = history == null
                ? Request.ofUser(String.valueOf(user))
                : Request.ofHistory(history.stream().filter(id -> !id.isBlank()).toList());
        if (user != null) {
            request = request.withUser(user);
        }
        request = rules.of(request);
        Recommendations answer = recommender.recommend(explain ? request.explained() : request);
        Catalogue catalogue = recommender.catalogue();
        List<Shown> items = answer.items().stream()
                .map(item -> new Shown(
                        item.item(),
                        item.score(),
                        item.longTail(),
                        text(catalogue, catalogue.ids().indexOf(item.item())),
                        item.reasons()))
                .toList();
        return new Report("", 1, answer.basis().userKnown() ? 0 : 1, 0, items, answer.basis());
    }

    private static String text(Catalogue catalogue, int item) {
        return catalogue.texts().stream()
                .map(column -> column.values().get(item))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private Report many(Recommender recommender, RequestRules rules, Path file)
            throws IOException, InterruptedException {
        List<String> ids = all ? recommender.users() : ids();
        if (ids.isEmpty()) {
            throw new InvalidInputException(
                    all ? "--all" : String.valueOf(users),
                    all
                            ? "needs the ids of users, and the bundle does not hold them as they are; export with"
                                    + " --histories plain, or give --users FILE"
                            : "has no ids");
        }
        // Finds a rule of a field that the bundle does not have before any file is written.
        recommender.recommend(rules.of(Request.ofHistory(List.of())));
        Writable.require(file);
        int unknown = (int) ids.stream().filter(id -> !recommender.knows(id)).count();
        BatchRecommendation job = new BatchRecommendation(recommender, ids, rules, file);
        try (Stages stages = new Stages(terminal())) {
            int resumed = job.run(threads, stages);
            return new Report(file.toString(), ids.size(), unknown, resumed, List.of(), null);
        }
    }

    private List<String> ids() {
        Path file = users == null ? Path.of("") : users;
        try {
            String text = new String(InputFile.bytes(file), StandardCharsets.UTF_8);
            return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + Reason.of(e));
        }
    }

    @Override
    protected void print(Report report, PrintStream out) {
        Recommendations.Basis basis = report.basis();
        if (basis == null) {
            out.printf(
                    Locale.ROOT,
                    "%s: recommendations of %,d users%s%s%n",
                    report.file(),
                    report.users(),
                    report.unknown() > 0
                            ? String.format(Locale.ROOT, ", %,d of them unknown to the model", report.unknown())
                            : "",
                    report.resumed() > 0
                            ? String.format(Locale.ROOT, " (%,d of them done before)", report.resumed())
                            : "");
            return;
        }
        for (Shown item : report.items()) {
            out.printf(
                    Locale.ROOT,
                    "%8.3f  %s  %s%s%n",
                    item.score(),
                    item.item(),
                    PlainText.line(item.text()),
                    item.longTail() ? "  (long-tail)" : "");
            if (!item.reasons().isEmpty()) {
                out.println("          because of "
                        + item.reasons().stream()
                                .map(reason -> String.format(Locale.ROOT, "%s (%.3f)", reason.item(), reason.weight()))
                                .collect(Collectors.joining(", ")));
            }
        }
        out.printf(
                "%n%s; %d items of the history count.%n",
                basis.userKnown() ? "The model knows the user" : "The model knows no such user",
                basis.history().size());
        if (!basis.unknownItems().isEmpty()) {
            out.println("Left out, because the bundle does not know them: " + String.join(", ", basis.unknownItems()));
        }
    }
}
