// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.demo.DemoGenerator;
import org.sllmr.preparation.demo.DemoSettings;
import org.sllmr.preparation.demo.DemoWriter;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;

/** A dataset folder of a few hundred users. */
public final class SmallDataset {
    private SmallDataset() {}

    /** Makes the folder {@code dataset} in a folder. */
    public static Dataset in(Path folder) throws IOException {
        Path shop = folder.resolve("shop");
        DemoWriter.write(DemoGenerator.generate(DemoSettings.DEFAULT.withSize(300, 700)), shop);
        SourceSettings sources = SourceSettings.of(
                InteractionSource.of(
                                TableFile.of(shop.resolve(DemoWriter.INTERACTIONS)), "user_id", "item_id", "timestamp")
                        .withPosition("position"),
                new ItemSource(
                        TableFile.of(shop.resolve(DemoWriter.ITEMS)),
                        "item_id",
                        List.of(FieldSettings.of("brand"), FieldSettings.split("categories", " > | \\|\\| ")),
                        List.of("title")));
        return Preparation.run(
                PreparationSettings.of("small", sources), folder.resolve("dataset"), false, ProgressListener.NONE);
    }
}
