// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.asking;

import java.util.Locale;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.run.AskingResult;

/** Whether the end of a run counts as a failure. */
public final class AskingOutcome {
    private AskingOutcome() {}

    /**
     * Checks a result.
     *
     * @param requests what was asked
     * @param minAnswered least share of answered requests, 0 to 1
     * @param store where the answers are kept, for messages
     * @throws InvalidInputException if the provider was down or refused, or too few replies were usable
     */
    public static void check(AskingResult result, Requests requests, double minAnswered, String store) {
        String name = requests.origin().provider() + " " + requests.origin().model();
        String kept = "; the answers so far are kept in " + store;
        switch (result.end()) {
            case PROVIDER_DOWN, REFUSED ->
                throw new InvalidInputException(
                        name,
                        result.message() + kept + "; correct this and run again, only missing answers are asked for");
            case USELESS -> throw new InvalidInputException(name, result.message() + kept);
            case DONE, BUDGET -> {}
        }
        if (result.answeredShare() < minAnswered) {
            throw new InvalidInputException(
                    name,
                    String.format(
                            Locale.ROOT,
                            "answered %.1f %% of the requests, at least %.1f %% are needed"
                                    + " (language.run.answers.minAnswered)%s%s; '%s %s' writes what there is to a file,"
                                    + " and another run asks the rest again",
                            100 * result.answeredShare(),
                            100 * minAnswered,
                            failed(result),
                            kept,
                            requests.wanted().export(),
                            store));
        }
    }

    private static String failed(AskingResult result) {
        return (result.sample().isEmpty() ? "" : ". A reply: " + result.sample())
                + (result.progress().lastFailure().isEmpty()
                        ? ""
                        : ". A failure: " + result.progress().lastFailure());
    }
}
