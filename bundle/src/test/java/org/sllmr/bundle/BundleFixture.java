// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.sllmr.bundle.format.BlendSource;
import org.sllmr.bundle.format.BundleSource;
import org.sllmr.bundle.format.BundleWriter;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.Popularity;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.RandomWorld;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.NumberSettings;
import org.sllmr.model.schema.NumberSettings.Form;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.schema.UnknownSettings;
import org.sllmr.model.schema.VectorParts;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.blend.BlendFormula;
import org.sllmr.teacher.blend.PairTeacher;

/**
 * A model of random data that reads everything there is: numbers in each form, vectors of items and of their texts, a
 * teacher's scores, rare values.
 */
public final class BundleFixture {
    public static final int ITEMS = 300;
    public static final int USERS = 25;
    /** How the encoder of the fixture's texts is named. */
    static final String ENCODER = "made-up-encoder";

    static final int TEXT_WIDTH = 4;

    final RandomWorld world = new RandomWorld(21, USERS, ITEMS, 14);
    final TrainingData data;
    final Model model;

    public BundleFixture() {
        this(Dcnv2Settings.defaults().mlp().withUnits(List.of(16, 8)));
    }

    private BundleFixture(MlpSettings mlp) {
        this(new Dcnv2Settings(
                Dcnv2Settings.Structure.PARALLEL,
                Dcnv2Settings.CrossKind.MIXTURE,
                2,
                3,
                2,
                new Initialization.Normal(0.3),
                true,
                mlp));
    }

    public BundleFixture(BackboneSettings backbone) {
        TrainingData random = world.withPairs();
        List<String> titles = IntStream.range(0, ITEMS)
                .mapToObj(item -> item % 9 == 0 ? "" : "title " + item % 40 + " ü")
                .toList();
        Catalogue items = new Catalogue(
                random.catalogue().ids(),
                random.catalogue().fields(),
                List.of(new Catalogue.TextColumn("title", titles)),
                random.catalogue().numbers(),
                random.catalogue().vectors());
        float[] vectors = new float[ITEMS * TEXT_WIDTH];
        for (int item = 0; item < ITEMS; item++) {
            if (!titles.get(item).isEmpty()) {
                System.arraycopy(vector(titles.get(item)), 0, vectors, item * TEXT_WIDTH, TEXT_WIDTH);
            }
        }
        items = items.with(new VectorColumn("text", TEXT_WIDTH, vectors, "encoder " + ENCODER + " of title"));
        this.data = new TrainingData(
                random.name(),
                random.hash(),
                random.log(),
                items,
                random.userIds(),
                random.userFields(),
                random.contextFields(),
                random.training(),
                random.validation(),
                new NumericInputs(
                        random.numeric().userNumbers(),
                        random.numeric().userVectors(),
                        random.numeric().contextNumbers(),
                        random.numeric().pairs(),
                        List.of(),
                        random.numeric().neighbours()));
        ModelSettings settings = new ModelSettings(
                new SchemaSettings(
                        List.of(),
                        6,
                        HistoryPooling.ITEMS,
                        new NumberSettings(
                                Form.STANDARDIZED,
                                4,
                                List.of(
                                        new NumberSettings.FieldForm("item.price", Form.QUANTILES),
                                        new NumberSettings.FieldForm("user.income", Form.LOGARITHMIC))),
                        new VectorParts(true, true, false, true, 5),
                        new TextSettings(true, List.of("title"), new VectorParts(true, true, true, true, 10)),
                        new UnknownSettings(0.1, 3),
                        true),
                5,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                backbone,
                OptimizerSettings.defaults());
        this.model = settings.create(data, new Seed(4));
        Random gradients = new Random(5);
        for (int step = 0; step < 4; step++) {
            TrainableModel.Batch batch = model.prepare(data.log(), world.instances(20), 20);
            float[] gradient = new float[model.forward(batch).length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = (float) gradients.nextGaussian();
            }
            model.backward(batch, gradient);
        }
    }

    /** A vector of a text. */
    static float[] vector(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[TEXT_WIDTH];
        for (int d = 0; d < TEXT_WIDTH; d++) {
            vector[d] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** The encoder of the fixture's texts. */
    public static TextVectors encoder() {
        return new TextVectors() {
            @Override
            public String hash() {
                return ENCODER;
            }

            @Override
            public float[] of(String text) {
                return vector(text);
            }
        };
    }

    public Path write(Path place, HistoryForm form, boolean zip) {
        return write(place, "fixture", form, zip);
    }

    public Path write(Path place, String name, HistoryForm form, boolean zip) {
        return write(place, name, form, zip, Optional.empty());
    }

    /** A bundle whose scores are blended with those of a teacher that scored no pair, and so with the popularity alone. */
    public Path writeBlended(Path place, String name, String teacher) {
        BlendSource blend = new BlendSource(
                teacher,
                new BlendFormula(List.of(1.0, 0.5, 0.0, 1.0, 0.0), 0, 0.5, 0.25, Optional.empty()),
                new PairTeacher.Scores(new TeacherTable(new int[USERS + 1], new int[0], new float[0])),
                "");
        return write(place, name, HistoryForm.PLAIN, false, Optional.of(blend));
    }

    private Path write(Path place, String name, HistoryForm form, boolean zip, Optional<BlendSource> blend) {
        BundleWriter.write(
                place,
                new BundleSource(
                        name,
                        new Manifest.RunOrigin("c", 4, data.name(), data.hash(), "DCNv2", "none", "now"),
                        data,
                        model,
                        data.log(),
                        Popularity.of(data),
                        form,
                        blend),
                zip);
        return place;
    }

    InteractionLog log() {
        return data.log();
    }

    /** The items that a user took, the oldest first. */
    public List<String> history(int user) {
        List<String> history = new ArrayList<>();
        for (int position = 0; position < log().length(user); position++) {
            history.add(data.catalogue().ids().value(log().item(user, position)));
        }
        return history;
    }
}
