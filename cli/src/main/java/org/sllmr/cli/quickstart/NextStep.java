// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.List;

/**
 * A suggested step after the quickstart.
 *
 * @param purpose its purpose
 * @param command the command, ready to copy
 */
record NextStep(String purpose, String command) {
    /** The steps from own files to a run with guidance. */
    static final List<NextStep> ALL = List.of(
            new NextStep("Make a dataset from your own interactions and items.", """
                    ./sllmr data prepare --interactions ratings.csv --user userId --item itemId --time timestamp \\
                        --items items.csv --item-id itemId --item-field brand --item-text title --out my-data"""),
            new NextStep(
                    "Ask the embedding teacher, which needs no key and no network.",
                    "./sllmr score run --data my-data --out my-data.scores"),
            new NextStep("Train a backbone alone, then with S-LLMR, and compare.", """
                    ./sllmr train configurations/recommended/dcnv2.yaml --data my-data --out my-runs/alone
                    ./sllmr train configurations/recommended/dcnv2.yaml --data my-data \\
                        --teacher my-data.scores --set guidance=calibrated-pairwise --out my-runs/s-llmr
                    ./sllmr compare my-runs/alone my-runs/s-llmr"""));
}
