// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.file.Writable;
import org.sllmr.preparation.demo.DemoGenerator;
import org.sllmr.preparation.demo.DemoSettings;
import org.sllmr.preparation.demo.DemoShop;
import org.sllmr.preparation.demo.DemoWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the files of the demo shop. */
@Command(
        name = "demo",
        description = {
            "Write the files of a generated demo shop.",
            "The same options give the same bytes.",
            "Example: sllmr data demo --out demo-files"
        })
final class DemoCommand extends ReportingCommand<DemoCommand.Written> {
    private static final OptionNames NAMES = new OptionNames(Map.of("users", "--users", "items", "--items"));

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The new folder for the two files.")
    private Path out = Path.of("");

    @Option(names = "--users", paramLabel = "N", description = "Users, 10 to 1000000; default ${DEFAULT-VALUE}.")
    private int users = DemoSettings.DEFAULT.users();

    @Option(names = "--items", paramLabel = "N", description = "Items, 200 to 100000; default ${DEFAULT-VALUE}.")
    private int items = DemoSettings.DEFAULT.items();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the shop; default ${DEFAULT-VALUE}.")
    private long seed = DemoSettings.DEFAULT.seed();

    /**
     * The result.
     *
     * @param folder the folder of the files
     * @param users number of users
     * @param items number of items
     * @param interactions number of interactions
     * @param next the command that makes a dataset from them
     */
    public record Written(String folder, int users, int items, int interactions, String next) {}

    /** A command that reports on the given terminal. */
    public DemoCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Written result() throws ClosedByInterruptException {
        DemoSettings settings =
                NAMES.in(() -> DemoSettings.DEFAULT.withSize(users, items).withSeed(seed));
        Writable.require(out);
        try (Stages stages = new Stages(terminal())) {
            stages.progressed("generating the shop", 0, 0);
            DemoShop shop = DemoGenerator.generate(settings);
            stages.progressed("writing " + out, 0, 0);
            PathChecks.write(out, () -> DemoWriter.write(shop, out));
            return new Written(
                    out.toString(),
                    shop.interactions().users(),
                    shop.items().size(),
                    shop.interactions().size(),
                    prepare());
        }
    }

    private String prepare() {
        return ShellWords.join(
                "sllmr",
                "data",
                "prepare",
                "--interactions",
                out.resolve(DemoWriter.INTERACTIONS).toString(),
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--position",
                "position",
                "--items",
                out.resolve(DemoWriter.ITEMS).toString(),
                "--item-field",
                "brand",
                "categories: > | \\|\\| ",
                "--item-text",
                "title",
                "--out",
                out + "-dataset");
    }

    @Override
    protected void print(Written written, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d interactions%nNext: %s%n",
                written.folder(),
                written.users(),
                written.items(),
                written.interactions(),
                written.next());
    }
}
