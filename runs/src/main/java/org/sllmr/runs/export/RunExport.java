// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.bundle.format.BlendSource;
import org.sllmr.bundle.format.BundleSource;
import org.sllmr.bundle.format.BundleWriter;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.embedding.ItemTexts;
import org.sllmr.model.Backbones;
import org.sllmr.onnx.OnnxFile;
import org.sllmr.runs.Blend;
import org.sllmr.runs.Provenance;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.training.guidance.Guidance;

/** Writes a run's model as a bundle. */
public final class RunExport {
    private RunExport() {}

    /**
     * Writes a bundle of the stored model. Histories hold all interactions of the dataset, those of validation and test too:
     * whoever recommends wants to know what a user took last.
     *
     * <p>The bundle of a blend scores as the blend does.
     *
     * @param run the run
     * @param dataset the dataset that it was trained on
     * @param name name of the model
     * @param place where nothing exists yet
     * @param zip whether the bundle is one file, or a folder
     * @throws InvalidInputException if it is another dataset, or the bundle cannot be written
     */
    public static void run(RunFolder run, Dataset dataset, String name, HistoryForm form, Path place, boolean zip)
            throws IOException {
        run(run, dataset, name, form, place, zip, false);
    }

    /**
     * As {@link #run(RunFolder, Dataset, String, HistoryForm, Path, boolean)}.
     *
     * @param onnx whether the model is written for other engines too, as {@link OnnxFile#MODEL}; not that of a blend
     */
    public static void run(
            RunFolder run, Dataset dataset, String name, HistoryForm form, Path place, boolean zip, boolean onnx)
            throws IOException {
        Optional<Blend> blend = run.blend();
        if (onnx && blend.isPresent()) {
            throw new InvalidInputException(
                    run.path().toString(),
                    "is a blend, whose scores an ONNX file of its model does not give; leave --onnx out, or export the"
                            + " run that it was made of");
        }
        RunEvaluation.Restored restored = RunEvaluation.restore(run, dataset);
        Optional<BlendSource> source =
                blend.isPresent() ? Optional.of(source(blend.get(), dataset.trainingData())) : Optional.empty();
        Provenance provenance = run.contents().provenance();
        Guidance guidance = restored.settings().guidance();
        BundleWriter.write(
                place,
                new BundleSource(
                        name,
                        new Manifest.RunOrigin(
                                provenance.configurationHash(),
                                provenance.seed(),
                                provenance.dataName(),
                                provenance.dataHash(),
                                Backbones.titleOf(restored.settings().model().backbone()),
                                RunConfiguration.variants().nameOf(Guidance.class, guidance),
                                provenance.finished().toString()),
                        restored.inputs(),
                        restored.model(),
                        dataset.allInteractions(),
                        Popularity.of(dataset.trainingData()),
                        form,
                        source),
                zip,
                onnx ? List.of(new OnnxPart(origin(name, provenance, restored))) : List.of());
    }

    private static BlendSource source(Blend blend, TrainingData data) throws IOException {
        PairTeacher teacher = RunEvaluation.teacher(blend, data);
        String origin = teacher instanceof PairTeacher.Vectors
                ? ItemTexts.origin(
                        blend.model(),
                        data.catalogue()
                                .columns(
                                        EmbeddingTeacherSettings.of(blend.settings())
                                                .textColumns(),
                                        "textColumns"))
                : "";
        return new BlendSource(blend.teacher(), blend.formula(), teacher, origin);
    }

    private static Map<String, String> origin(String name, Provenance provenance, RunEvaluation.Restored restored) {
        return Map.of(
                "name", name,
                "configurationHash", provenance.configurationHash(),
                "seed", Long.toString(provenance.seed()),
                "data", provenance.dataName(),
                "dataHash", provenance.dataHash(),
                "backbone", Backbones.titleOf(restored.settings().model().backbone()),
                "trained", provenance.finished().toString());
    }
}
