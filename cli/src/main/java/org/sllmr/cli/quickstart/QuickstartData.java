// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
import org.sllmr.embedding.EmbeddingCache;
import org.sllmr.embedding.ItemTexts;
import org.sllmr.embedding.MiniLmEncoder;
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
import org.sllmr.runs.RunTeacher;
import org.sllmr.runs.TeacherSource;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/** Makes the demo shop, its dataset and the teacher's scores, or uses existing ones. */
final class QuickstartData {
    private static final long TEACHER_SEED = 1;

    /** More than the default: a tenth of so few users is too small for fitting the target. */
    private static final double HELD_OUT = 0.2;

    private final QuickstartSettings settings;
    private final QuickstartListener listener;

    QuickstartData(QuickstartSettings settings, QuickstartListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    Path datasetFolder() {
        return settings.out().resolve("dataset");
    }

    Path teacherFile() {
        return settings.out().resolve("teacher.scores");
    }

    /** The demo shop as a dataset, prepared from files like any other data. */
    Dataset dataset() throws IOException {
        if (Files.exists(datasetFolder())) {
            return Dataset.open(datasetFolder());
        }
        listener.progressed("making the demo shop", 0, 0);
        Path shop = settings.out().resolve("shop");
        if (!Files.exists(shop)) {
            DemoWriter.write(
                    DemoGenerator.generate(DemoSettings.DEFAULT
                            .withSize(settings.users(), settings.items())
                            .withSeed(settings.shop())),
                    shop);
        }
        SourceSettings sources = SourceSettings.of(
                InteractionSource.of(
                                TableFile.of(shop.resolve(DemoWriter.INTERACTIONS)), "user_id", "item_id", "timestamp")
                        .withPosition("position"),
                new ItemSource(
                        TableFile.of(shop.resolve(DemoWriter.ITEMS)),
                        "item_id",
                        List.of(FieldSettings.of("brand"), FieldSettings.split("categories", " > | \\|\\| ")),
                        List.of("title", "brand", "categories")));
        return Preparation.run(PreparationSettings.of("demo shop", sources), datasetFolder(), false, listener);
    }

    /** The embedding teacher's scores of the default plan, with more held-out users. */
    RunTeacher teacher(Dataset dataset) throws IOException, InterruptedException {
        TrainingData data = dataset.trainingData();
        if (Files.exists(teacherFile())) {
            return RunTeacher.read(teacherFile(), data);
        }
        EmbeddingTeacherSettings teacher = EmbeddingTeacherSettings.defaults();
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors());
                MiniLmEncoder encoder = MiniLmEncoder.open()) {
            Embeddings embeddings = new EmbeddingCache(settings.out())
                    .embed(ItemTexts.of(data.catalogue(), teacher.textColumns()), encoder, blocks, listener);
            PlanSettings asked = PlanSettings.defaults().holdingOut(HELD_OUT);
            CandidatePlan plan =
                    new Planner(data, embeddings, teacher, asked, new Seed(TEACHER_SEED)).plan(blocks, listener);
            TeacherTableFile scores = Scoring.run(
                    new EmbeddingTeacher(embeddings, encoder.hash(), teacher), plan, data.log(), blocks, listener);
            scores.write(teacherFile());
            return new RunTeacher(scores.table(), TeacherSource.of(teacherFile(), scores));
        }
    }
}
