// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.NumberSettings;
import org.sllmr.model.schema.NumberSettings.Form;
import org.sllmr.model.schema.SchemaFit;
import org.sllmr.model.schema.SchemaFit.KnownTable;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;
import org.sllmr.model.schema.Table;
import org.sllmr.model.schema.TextSettings;
import org.sllmr.model.schema.UnknownSettings;
import org.sllmr.model.schema.VectorParts;

/** Tables that grow by name: what was known stays, what is new starts as an unknown value. */
class RowGrowthTest {
    private static final UnknownSettings TRAINED = new UnknownSettings(0.2, 0);
    private static final RandomWorld BEFORE = new RandomWorld(3, 40, 60, 12);
    /** More users and items, numbered from the end. */
    private static final TrainingData AFTER = reversed(new RandomWorld(5, 50, 75, 12).data);

    private static TrainingData reversed(TrainingData data) {
        Catalogue items = data.catalogue();
        return new TrainingData(
                "later",
                "other",
                data.log(),
                new Catalogue(reversed(items.ids()), items.fields(), items.texts(), items.numbers(), items.vectors()),
                reversed(data.userIds()),
                data.userFields(),
                data.contextFields(),
                data.training(),
                data.validation(),
                data.numeric());
    }

    private static Vocabulary reversed(Vocabulary vocabulary) {
        List<String> values = new ArrayList<>(vocabulary.values());
        Collections.reverse(values);
        return new Vocabulary(values);
    }

    private static ModelSettings settings(UnknownSettings unknown, Form form) {
        return settings(
                unknown,
                new NumberSettings(form, 4, List.of(new NumberSettings.FieldForm("item.price", Form.QUANTILES))));
    }

    private static ModelSettings settings(UnknownSettings unknown, NumberSettings numbers) {
        return new ModelSettings(
                new SchemaSettings(
                        List.of(),
                        5,
                        HistoryPooling.ITEMS,
                        numbers,
                        new VectorParts(true, true, true, true, 7),
                        TextSettings.defaults(),
                        unknown,
                        false),
                6,
                new Initialization.Normal(0.4),
                LinearInitialization.FAN_IN_UNIFORM,
                DeepFmSettings.defaults(),
                OptimizerSettings.defaults());
    }

    private static void train(Model model, TrainingData data, int users, int items) {
        InteractionLog log = data.log();
        for (int step = 0; step < 25; step++) {
            Instances rows = new RandomWorld(step, users, items, 12).instances(log, 30, true);
            TrainableModel.Batch batch = model.prepare(log, rows, 30);
            float[] logits = model.forward(batch);
            float[] gradient = new float[logits.length];
            for (int row = 0; row < gradient.length; row++) {
                gradient[row] = row % 2 == 0 ? -0.02f : 0.02f;
            }
            model.backward(batch, gradient);
        }
    }

    @Test
    void knownRowsKeepWeightsAndMomentsAndNewOnesStartAsTheUnknownRow() {
        check(TRAINED, true);
    }

    @Test
    void newRowsAreDrawnWhereTheUnknownRowWasNeverTrained() {
        check(UnknownSettings.defaults(), false);
    }

    private static void check(UnknownSettings unknown, boolean fromUnknown) {
        ModelSettings settings = settings(unknown, Form.STANDARDIZED);
        Model old = settings.create(BEFORE.data, new Seed(1));
        train(old, BEFORE.data, 40, 60);
        TrainingState trained = old.state();
        SchemaFit known = old.schema().fit();
        FeatureSchema grown = FeatureSchema.of(AFTER, settings.schema(), known);
        Model model = settings.create(grown, new Seed(2));
        TrainingState fresh = model.state();
        TrainingState state = RowGrowth.grow(trained, known, grown, fresh);
        assertThat(state.steps()).isEqualTo(25);
        assertThat(state.blocks().subList(4, 8))
                .usingRecursiveComparison()
                .isEqualTo(trained.blocks().subList(4, 8));
        int offset = 0;
        int kept = 0;
        int begun = 0;
        for (KnownTable before : known.tables()) {
            Table table = grown.tables().stream()
                    .filter(each -> each.name().equals(before.name()))
                    .findFirst()
                    .orElseThrow();
            int last = offset + before.rows();
            boolean unknownTrained = row(trained, 3, last)[0] == 1;
            if (before.name().equals("user") || before.name().equals("item")) {
                // Other tables have missing values.
                assertThat(unknownTrained).isEqualTo(fromUnknown);
            }
            for (int row = 0; row < table.vocabulary(); row++) {
                int place = table.offset() + row;
                if (row < before.rows() && row(trained, 3, offset + row)[0] == 1) {
                    assertRow(state, place, trained, offset + row, 4);
                    kept++;
                } else {
                    assertRow(state, place, unknownTrained ? trained : fresh, unknownTrained ? last : place, 1);
                    for (int block = 1; block < 4; block++) {
                        assertThat(row(state, block, place)).containsOnly(0);
                    }
                    begun++;
                }
            }
            assertRow(state, table.unknown(), trained, last, 4);
            offset = last + 1;
        }
        assertThat(kept).isGreaterThan(80);
        assertThat(begun).isGreaterThan(20);
        model.restore(state);
        scoresAreThoseOfTheNames(unknown, fromUnknown);
        // The grown model can be trained, and its own state has its own shape.
        train(model, AFTER, 50, 75);
        assertThat(model.state().steps()).isEqualTo(50);
    }

    private static void assertRow(TrainingState found, int row, TrainingState expected, int other, int blocks) {
        for (int block = 0; block < blocks; block++) {
            assertThat(row(found, block, row)).containsExactly(row(expected, block, other));
        }
    }

    private static float[] row(TrainingState state, int block, int row) {
        float[] values = state.blocks().get(block);
        int width = values.length / state.blocks().get(3).length;
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    /** Users and items without other fields than their ids, so that a score depends on names alone. */
    private static void scoresAreThoseOfTheNames(UnknownSettings unknown, boolean newAsUnknown) {
        TrainingData before = idsAlone(BEFORE.data);
        TrainingData after = idsAlone(AFTER);
        ModelSettings settings = settings(unknown, NumberSettings.defaults());
        Model first = settings.create(before, new Seed(1));
        train(first, before, 40, 60);
        SchemaFit known = first.schema().fit();
        FeatureSchema schema = FeatureSchema.of(after, settings.schema(), known);
        Model second = settings.create(schema, new Seed(2));
        second.restore(RowGrowth.grow(first.state(), known, schema, second.state()));
        // "u7" is number 7 there and 42 here; "u45" was not known, and is number 4 here.
        Instances there = new Instances(new int[] {7, -1}, new int[] {3, 3}, new int[] {0, 0});
        Instances here = new Instances(new int[] {42, 4}, new int[] {71, 71}, new int[] {0, 0});
        assertThat(after.userIds().value(42)).isEqualTo("u7");
        assertThat(after.catalogue().ids().value(71)).isEqualTo("i3");
        float[] expected = first.score(before.log(), there);
        float[] found = second.score(after.log(), here);
        assertThat(found[0]).isEqualTo(expected[0]);
        if (newAsUnknown) {
            assertThat(found[1]).isEqualTo(expected[1]);
        }
    }

    private static TrainingData idsAlone(TrainingData data) {
        return new TrainingData(
                data.name(),
                data.hash(),
                data.log(),
                new Catalogue(data.catalogue().ids(), List.of(), List.of()),
                data.userIds(),
                List.of(),
                List.of(),
                data.training(),
                data.validation(),
                NumericInputs.NONE);
    }

    @Test
    void aSchemaIsMadeAgainFromItsOwnFit() {
        SchemaSettings settings =
                settings(new UnknownSettings(0.1, 3), Form.LOGARITHMIC).schema();
        FeatureSchema first = FeatureSchema.of(BEFORE.data, settings);
        assertThat(FeatureSchema.of(BEFORE.data, settings, first.fit()).fingerprint())
                .isEqualTo(first.fingerprint());
        FeatureSchema grown = FeatureSchema.of(AFTER, settings, first.fit());
        assertThat(grown.fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(FeatureSchema.of(AFTER, settings, grown.fit()).fingerprint()).isEqualTo(grown.fingerprint());
        assertThat(grown.fitted()).isEqualTo(first.fitted());
        assertThat(grown.fitted())
                .isNotEqualTo(FeatureSchema.of(AFTER, settings).fitted());
    }

    @Test
    void aValueThatWasTrainedStaysKnownHoweverRareItBecomes() {
        SchemaSettings often =
                settings(new UnknownSettings(0, 3), Form.STANDARDIZED).schema();
        SchemaSettings always =
                settings(new UnknownSettings(0, 1_000_000), Form.STANDARDIZED).schema();
        SchemaFit known = FeatureSchema.of(BEFORE.data, often).fit();
        Table items = FeatureSchema.of(AFTER, always, known).tables().get(1);
        KnownTable before = known.table("user").orElseThrow();
        Table users = FeatureSchema.of(AFTER, always, known).tables().get(0);
        assertThat(users.name()).isEqualTo("user");
        for (int user = 0; user < 50; user++) {
            int row = before.values().indexOf(AFTER.userIds().value(user));
            boolean trained = row >= 0 && Arrays.binarySearch(before.rare(), row) < 0;
            assertThat(users.row(user) != users.unknown()).isEqualTo(trained);
        }
        assertThat(items.row(-1)).isEqualTo(items.unknown());
        assertThat(items.row(5000)).isEqualTo(items.unknown());
    }

    @Test
    void everyDifferenceOfTheFieldsIsNamed() {
        SchemaFit known = FeatureSchema.of(
                        BEFORE.data, settings(TRAINED, Form.STANDARDIZED).schema())
                .fit();
        SchemaSettings logarithmic = settings(TRAINED, Form.LOGARITHMIC).schema();
        assertThatThrownBy(() -> FeatureSchema.of(AFTER, logarithmic, known))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("user.income")
                .hasMessageContaining("context.wait")
                .hasMessageContaining("standardized numbers")
                .hasMessageContaining("logarithmic numbers")
                .hasMessageNotContaining("item.price");
        TrainingData fewer = idsAlone(AFTER);
        SchemaSettings ids = new SchemaSettings(List.of(), logarithmic.historyLength(), HistoryPooling.ITEMS);
        assertThatThrownBy(() -> FeatureSchema.of(fewer, ids, known))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("item.brand")
                .hasMessageContaining("item.price")
                .hasMessageContaining("pair.look.cosine");
        SchemaFit idsKnown = FeatureSchema.of(fewer, ids).fit();
        assertThatThrownBy(() -> FeatureSchema.of(AFTER, ids, idsKnown))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("trained without user.age")
                .hasMessageContaining("model.schema.fields");
    }
}
