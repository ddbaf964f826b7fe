// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
import org.sllmr.embedding.EmbeddingCache;
import org.sllmr.embedding.ItemTexts;
import org.sllmr.embedding.MiniLmEncoder;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.runs.NamedConfigurations;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.export.RunExport;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.guidance.CalibratedPairwise;

/** From two CSV files to recommendations: prepares, asks the embedding teacher, trains with guidance, exports, recommends. */
public final class CsvToRecommendations {
    private CsvToRecommendations() {}

    /** Arguments: a file with user, item and time; one with item, title and brand; a folder to work in. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[2]);
        Path data = folder.resolve("data");
        Path scores = folder.resolve("data.scores");
        Path bundle = folder.resolve("bundle");

        SourceSettings files = SourceSettings.of(
                InteractionSource.of(TableFile.of(Path.of(arguments[0])), "user", "item", "time"),
                new ItemSource(
                        TableFile.of(Path.of(arguments[1])),
                        "item",
                        List.of(FieldSettings.of("brand")),
                        List.of("title")));
        Dataset dataset = Preparation.run(PreparationSettings.of("shop", files), data, false, ProgressListener.NONE);

        askTeacher(dataset.trainingData(), folder.resolve("vectors")).write(scores);

        RunSettings settings = NamedConfigurations.reader("recommended/dcnv2")
                .assignments(List.of("seed=2"))
                .read()
                .withGuidance(CalibratedPairwise.defaults())
                .on(data, Optional.of(scores));
        RunFolder run =
                RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), TrainingListener.SILENT);
        run.contents()
                .metrics()
                .test()
                .value(SampleMetric.AUC)
                .ifPresent(auc -> System.out.printf("test AUC %.4f%n", auc));

        RunExport.run(run, dataset, "shop", HistoryForm.PLAIN, bundle, false);
        Recommender recommender = Recommender.open(bundle);
        String user = recommender.users().get(0);
        recommender
                .recommend(Request.ofUser(user).withK(5))
                .items()
                .forEach(item -> System.out.printf("%8.4f  %s%n", item.score(), item.item()));
    }

    /** As {@code sllmr score run}: plans which items each user is scored with, holds users out, and scores. */
    private static TeacherTableFile askTeacher(TrainingData data, Path vectors)
            throws IOException, InterruptedException {
        EmbeddingTeacherSettings settings = EmbeddingTeacherSettings.defaults();
        List<String> texts = ItemTexts.of(data.catalogue(), settings.textColumns());
        try (MiniLmEncoder encoder = MiniLmEncoder.open();
                Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors())) {
            Embeddings embeddings = new EmbeddingCache(vectors).embed(texts, encoder, blocks, ProgressListener.NONE);
            CandidatePlan plan = new Planner(data, embeddings, settings, PlanSettings.defaults(), new Seed(1))
                    .plan(blocks, ProgressListener.NONE);
            EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, encoder.hash(), settings);
            return Scoring.run(teacher, plan, data.log(), blocks, ProgressListener.NONE);
        }
    }
}
