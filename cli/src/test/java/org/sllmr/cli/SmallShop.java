// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** A dataset of the demo shop, and models of it that take seconds. */
final class SmallShop {
    private final Path folder;

    /** Makes the dataset in a folder. */
    SmallShop(Path folder) {
        this.folder = folder;
        String files = folder.resolve("files").toString();
        ok("data", "demo", "--out", files, "--users", "1200", "--items", "200");
        ok(
                "data",
                "prepare",
                "--interactions",
                files + "/interactions.tsv",
                "--user",
                "user_id",
                "--item",
                "item_id",
                "--time",
                "timestamp",
                "--items",
                files + "/items.tsv",
                "--item-id",
                "item_id",
                "--item-field",
                "brand",
                "--item-text",
                "title",
                "--out",
                folder.resolve("dataset").toString());
    }

    /** Trains for an epoch. */
    Path train(String name, int seed) {
        Path run = folder.resolve(name);
        ok(
                "train",
                "--data",
                folder.resolve("dataset").toString(),
                "--out",
                run.toString(),
                "--set",
                "model.backbone=mf",
                "--set",
                "training.maxEpochs=1",
                "--set",
                "model.embeddingDimension=8",
                "--set",
                "seed=" + seed);
        return run;
    }

    /** Exports a run with the ids of its users. */
    Path export(Path run, String name) {
        Path bundle = folder.resolve(name);
        ok("export", run.toString(), "--out", bundle.toString(), "--histories", "plain", "--name", "shop");
        return bundle;
    }

    private static void ok(String... arguments) {
        Invocation invocation = Invocation.of(Commands.ALL, arguments);
        assertThat(invocation.code())
                .as("%s: %s", List.of(arguments), invocation.messages())
                .isZero();
    }
}
