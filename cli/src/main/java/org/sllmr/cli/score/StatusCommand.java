// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.llm.openai.OpenAiBatches;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.StoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the progress of asking a language model. */
@Command(
        name = "status",
        description = {
            "Show progress, costs and failures of asking a language model, also during a run.",
            "Example: sllmr score status beauty.openai.scores.store"
        })
final class StatusCommand extends ReportingCommand<AskingStatus> {
    @Parameters(paramLabel = "STORE", description = "The folder with the answers.")
    private Path store = Path.of("");

    /** A command that reports on the given terminal. */
    public StatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected AskingStatus result() throws IOException {
        try (StoreReader reader = StoreReader.open(store)) {
            return new AskingStatus(reader.summary(), OpenAiBatches.count(AnswerStore.batches(store)));
        }
    }

    @Override
    protected void print(AskingStatus result, PrintStream out) {
        AnswersText.print(result.answers(), out, terminal().width());
        AnswersText.printBatches(result.batches(), result.answers().running().orElse(false), out);
    }
}
