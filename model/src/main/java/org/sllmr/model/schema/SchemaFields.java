// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.PairColumn;
import org.sllmr.data.SampleVectors;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.visit.VisitInputs;
import org.sllmr.model.visit.Visits;

/** Goes through a dataset's columns and makes fields of them, in the order in which a model sees them. */
final class SchemaFields {
    private final TrainingData data;
    private final Catalogue catalogue;
    private final SchemaSettings settings;
    private final SchemaBuilder builder;
    private final Optional<KnowledgeSource> knowledge;
    private @Nullable Occurrences counted;

    private SchemaFields(
            TrainingData data,
            SchemaSettings settings,
            Optional<KnowledgeSource> knowledge,
            Optional<SchemaFit> known) {
        this.data = data;
        this.catalogue = data.catalogue();
        this.settings = settings;
        this.knowledge = knowledge;
        this.builder = new SchemaBuilder(settings, known);
    }

    /** Counted once something is fitted, which needs the interactions. */
    private Occurrences occurrences() {
        if (counted == null) {
            counted = new Occurrences(data);
        }
        return counted;
    }

    static SchemaBuilder of(
            TrainingData data,
            SchemaSettings settings,
            Optional<KnowledgeSource> knowledge,
            Optional<SchemaFit> known) {
        SchemaFields fields = new SchemaFields(data, settings, knowledge, known);
        fields.add();
        knowledge.ifPresent(fields::addKnowledge);
        fields.builder.requireAll();
        return fields.builder;
    }

    private void add() {
        Supplier<int[]> ofUser = () -> occurrences().ofUser();
        Supplier<int[]> ofItem = () -> occurrences().ofItem();
        builder.add("user", "user", data.userIds(), new Field.UserId(), ofUser);
        for (Column column : data.userFields()) {
            add("user." + column.name(), column, new Field.UserColumn(column), ofUser);
        }
        for (NumberColumn column : data.numeric().userNumbers()) {
            add("user." + column.name(), column, ofUser, Field.UserNumber::new);
        }
        builder.add("item", "item", catalogue.ids(), new Field.ItemId(), ofItem);
        for (Column column : catalogue.fields()) {
            add("item." + column.name(), column, new Field.ItemColumn(column), ofItem);
        }
        List<NumberTransform> transforms = catalogue.numbers().stream()
                .map(column -> fit("item." + column.name(), column, ofItem))
                .toList();
        List<EncodedNumbers> numbers = EncodedNumbers.sideBySide(IntStream.range(0, transforms.size())
                .mapToObj(i -> transforms.get(i).encode(catalogue.numbers().get(i)))
                .toList());
        for (int i = 0; i < numbers.size(); i++) {
            String name = "item." + numbers.get(i).name();
            builder.add(name, name, transforms.get(i), new Field.ItemNumber(numbers.get(i)));
        }
        addContext();
        if (settings.historyLength() > 0) {
            addHistory(ofItem, transforms, numbers);
        }
        addVectors();
    }

    private void addContext() {
        for (Column column : data.contextFields()) {
            add(
                    "context." + column.name(),
                    column,
                    new Field.ContextColumn(column),
                    () -> occurrences().ofContext(column.rows()));
        }
        for (NumberColumn column : data.numeric().contextNumbers()) {
            add(
                    "context." + column.name(),
                    column,
                    () -> occurrences().ofContext(column.rows()),
                    Field.ContextNumber::new);
        }
    }

    private void addHistory(Supplier<int[]> ofItem, List<NumberTransform> transforms, List<EncodedNumbers> numbers) {
        builder.add("history", "item", catalogue.ids(), new Field.ItemHistory(), ofItem);
        for (Column column : catalogue.fields()) {
            builder.add(
                    "history." + column.name(),
                    "item." + column.name(),
                    column.vocabulary(),
                    new Field.ColumnHistory(column),
                    () -> Occurrences.ofValues(column, ofItem.get()));
        }
        for (int i = 0; i < numbers.size(); i++) {
            String name = numbers.get(i).name();
            builder.add("history." + name, "item." + name, transforms.get(i), new Field.NumberHistory(numbers.get(i)));
        }
    }

    private void add(String name, Column column, Field.Source source, Supplier<int[]> ofRow) {
        builder.add(name, name, column.vocabulary(), source, () -> Occurrences.ofValues(column, ofRow.get()));
    }

    private void add(
            String name, NumberColumn column, Supplier<int[]> ofRow, Function<EncodedNumbers, Field.Source> source) {
        NumberTransform transform = fit(name, column, ofRow);
        builder.add(name, name, transform, source.apply(transform.encode(column)));
    }

    private NumberTransform fit(String name, NumberColumn column, Supplier<int[]> ofRow) {
        NumberSettings.Form form = settings.numbers().of(name);
        return NumberTransform.of(
                form,
                builder.fit(
                        name,
                        NumberTransform.kind(form),
                        () -> NumberTransform.fitted(
                                Occurrences.seen(column.values(), ofRow.get()),
                                form,
                                settings.numbers().buckets())));
    }

    private void addVectors() {
        for (VectorColumn column : data.numeric().userVectors()) {
            if (knowledge.flatMap(KnowledgeSource::userVectors).equals(Optional.of(column.name()))) {
                continue;
            }
            float scale = fit(
                    "user." + column.name(),
                    column,
                    () -> VectorScales.ofRows(column, occurrences().ofUser()).toLength());
            builder.add("user." + column.name(), described(column, scale), new Field.UserVector(column, scale));
        }
        boolean text = false;
        for (VectorColumn column : catalogue.vectors()) {
            if (knowledge.flatMap(KnowledgeSource::itemVectors).equals(Optional.of(column.name()))) {
                continue;
            }
            boolean ofText = !column.origin().isEmpty();
            text |= ofText;
            if (!ofText || settings.text().use()) {
                addVectors(column, ofText ? settings.text().parts() : settings.vectors());
            }
        }
        if (settings.text().use() && !text) {
            throw new InvalidInputException(
                    "text.use", "needs vectors of the items' texts, named 'text', and the catalogue has none");
        }
        if (settings.teacherScores() && data.numeric().pairs().isEmpty()) {
            throw new InvalidInputException("teacherScores", "need a teacher's scores, and there are none");
        }
        for (PairColumn column : data.numeric().pairs()) {
            float[] fitted = builder.fit(
                    "pair." + column.name(),
                    "numbers of user and item",
                    () -> NumberScale.fit(column.values()).fitted());
            NumberScale scale = new NumberScale(fitted[0], fitted[1]);
            builder.add(
                    "pair." + column.name(),
                    "numbers of " + column.origin() + ", " + described(scale),
                    new Field.PairNumber(column, scale));
        }
        if (settings.visits().use() && data.numeric().neighbours().isEmpty()) {
            throw new InvalidInputException("visits.use", "needs neighbours of items, and there are none");
        }
        String field = "pair." + VisitInputs.NAME;
        if (settings.visits().use()
                && !settings.fields().isEmpty()
                && !settings.fields().contains(field)) {
            throw new InvalidInputException(
                    "fields", "lack '" + field + "', which visits.use=true makes; add it, or set visits.use=false");
        }
        data.numeric().neighbours().forEach(this::addVisits);
    }

    private void addVisits(NeighbourColumn column) {
        Visits visits = new Visits(column, data.log(), settings.visits());
        int items = settings.visits().historyLength();
        String name = "pair." + column.name();
        String kind =
                "visits from the last " + items + " items, " + settings.visits().neighbours() + " neighbours, "
                        + settings.visits().longest() + " interactions, "
                        + settings.visits().folds() + " folds";
        float[] fitted = builder.fit(
                name,
                kind,
                () -> NumberScale.fit(SampledRows.of(
                                data,
                                items,
                                (user, position, item, history, from, to) ->
                                        visits.value(visits.seen(user, position, true), item, history, from, to)))
                        .fitted());
        NumberScale scale = new NumberScale(fitted[0], fitted[1]);
        builder.add(name, kind + ", " + described(scale), new Field.Visited(visits, items, scale));
    }

    private void addVectors(VectorColumn column, VectorParts parts) {
        String name = column.name();
        boolean history = settings.historyLength() > 0;
        if (parts.candidate()) {
            float scale = fit(
                    "item." + name,
                    column,
                    () -> VectorScales.ofRows(column, occurrences().ofItem()).toLength());
            builder.add("item." + name, described(column, scale), new Field.ItemVector(column, scale));
        }
        if (history && (parts.history() || parts.product())) {
            Supplier<VectorScales.OfHistories> scales =
                    once(() -> VectorScales.ofHistories(column, data, settings.historyLength()));
            if (parts.history()) {
                float scale = fit(
                        "history." + name, column, () -> scales.get().means().toLength());
                builder.add("history." + name, described(column, scale), new Field.VectorHistory(column, scale));
            }
            if (parts.product()) {
                String product = "pair." + name + ".product";
                float scale = fit(product, column, () -> scales.get().products().toLength());
                builder.add(product, described(column, scale), new Field.VectorProduct(column, scale));
            }
        }
        if (parts.cosine()) {
            MeasuredVectors measured = MeasuredVectors.of(column);
            float[] scales = builder.fit(
                    "pair." + name + ".cosine",
                    described(column) + ", of the last " + parts.cosineItems() + " items",
                    () -> cosines(measured, parts.cosineItems()));
            NumberScale cosine = new NumberScale(scales[0], scales[1]);
            NumberScale square = new NumberScale(scales[2], scales[3]);
            builder.add(
                    "pair." + name + ".cosine",
                    described(column) + ", of the last " + parts.cosineItems() + " items, " + described(cosine)
                            + ", of squares " + described(square),
                    new Field.NearestCosine(measured, parts.cosineItems(), cosine, square));
        }
    }

    /** Mean and deviation of the training rows' largest cosines, then of their squares. */
    private float[] cosines(MeasuredVectors vectors, int items) {
        float[] cosines = SampledRows.of(
                data, items, (user, position, item, history, from, to) -> vectors.nearest(item, history, from, to));
        NumberScale cosine = NumberScale.fit(cosines);
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] *= cosines[i];
        }
        NumberScale square = NumberScale.fit(cosines);
        return new float[] {cosine.mean(), cosine.deviation(), square.mean(), square.deviation()};
    }

    /** Adds what an augmentation reads; vectors that it reads are no fields besides. */
    private void addKnowledge(KnowledgeSource source) {
        VectorColumn items = itemVectors(source);
        float ofItem = fit(
                KnowledgeSource.ITEM,
                items,
                () -> VectorScales.ofRows(items, occurrences().ofItem()).toElements());
        if (source.userVectors().isPresent()) {
            VectorColumn users = named(
                    data.numeric().userVectors(), source.userVectors().get(), "augmentation.userVectors", "users");
            float ofUser = fit(
                    KnowledgeSource.USER,
                    users,
                    () -> VectorScales.ofRows(users, occurrences().ofUser()).toElements());
            builder.addKnowledge(KnowledgeSource.USER, described(users, ofUser), new Field.UserVector(users, ofUser));
        } else if (settings.historyLength() == 0) {
            throw new InvalidInputException(
                    "schema.historyLength",
                    "is 0, but the augmentation reads the mean over the last items; set it above 0, or"
                            + " augmentation.userVectors to user vectors of the dataset");
        } else {
            float ofHistory = fit(
                    KnowledgeSource.USER,
                    items,
                    () -> VectorScales.ofHistories(items, data, settings.historyLength())
                            .means()
                            .toElements());
            builder.addKnowledge(
                    KnowledgeSource.USER,
                    "means of " + described(items, ofHistory),
                    new Field.VectorHistory(items, ofHistory));
        }
        builder.addKnowledge(KnowledgeSource.ITEM, described(items, ofItem), new Field.ItemVector(items, ofItem));
        switch (source.chains()) {
            case NONE -> {}
            case ITEM_TEXTS ->
                builder.addKnowledge(
                        KnowledgeSource.CHAIN,
                        "directions of item and history together, of " + described(items),
                        new Field.ExampleChain(items.width()));
            case WRITTEN -> {
                SampleVectors chains = data.numeric().samples().stream()
                        .findFirst()
                        .orElseThrow(() -> new InvalidInputException(
                                "augmentation.chainTexts", "asks for chains of thought, and there are none"));
                builder.addKnowledge(
                        KnowledgeSource.CHAIN,
                        "vectors of " + chains.width() + " floats of " + chains.origin(),
                        new Field.ExampleChain(chains.width()));
            }
        }
    }

    private VectorColumn itemVectors(KnowledgeSource source) {
        if (source.itemVectors().isPresent()) {
            return named(catalogue.vectors(), source.itemVectors().get(), "augmentation.itemVectors", "items");
        }
        return catalogue.vectors().stream()
                .filter(column -> !column.origin().isEmpty())
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "augmentation.itemVectors",
                        "is none, which asks for vectors of the items' texts, and the catalogue has none"));
    }

    private static VectorColumn named(List<VectorColumn> columns, String name, String key, String of) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        key,
                        "is '" + name + "', but the dataset's " + of + " have no such vectors; they have "
                                + (columns.isEmpty()
                                        ? "none"
                                        : columns.stream()
                                                .map(VectorColumn::name)
                                                .collect(Collectors.joining(", ")))));
    }

    /** Computes at most once. */
    private static <T> Supplier<T> once(Supplier<T> computed) {
        List<T> kept = new ArrayList<>(1);
        return () -> {
            if (kept.isEmpty()) {
                kept.add(computed.get());
            }
            return kept.get(0);
        };
    }

    private float fit(String field, VectorColumn column, Supplier<Float> scale) {
        return builder.fit(field, described(column), () -> new float[] {scale.get()})[0];
    }

    private static String described(VectorColumn column) {
        return "vectors of " + column.width() + " floats" + (column.origin().isEmpty() ? "" : " by " + column.origin());
    }

    private static String described(VectorColumn column, float scale) {
        return described(column) + ", times " + scale;
    }

    private static String described(NumberScale scale) {
        return "mean " + scale.mean() + ", deviation " + scale.deviation();
    }
}
