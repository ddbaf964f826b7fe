// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.PrintStream;
import java.util.Locale;
import org.sllmr.llm.run.Forecast;

/** Prints number and cost of requests, before anything is sent. */
final class ForecastText {
    private ForecastText() {}

    static void print(Forecast forecast, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%,d requests, %,d prompt tokens (%s), at most %,d reply tokens%n",
                forecast.requests(),
                forecast.promptTokens(),
                forecast.exact() ? "counted" : "estimated",
                forecast.replyTokens());
        if (forecast.promptCost() + forecast.replyCost() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Prompts cost %.2f, replies at most %.2f; --budget limits the cost of a run.%n",
                    forecast.promptCost(),
                    forecast.replyCost());
        } else {
            out.println("No price is set; use --set language.price.inputPerMillion=... and outputPerMillion=....");
        }
    }
}
