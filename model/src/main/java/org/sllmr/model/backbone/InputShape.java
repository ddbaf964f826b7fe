// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Seed;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.KnowledgeSource;
import org.sllmr.model.schema.Side;

/**
 * What a backbone is built for, and what a network reads.
 *
 * <p>A row of the network's input holds the pooled embeddings, then the floats of fields of one side. The floats of fields
 * of a pair are an input of their own, because ranking makes them for every user with every item. The network projects the
 * floats of each field to as many as an embedding has, so that a backbone sees fields of one width. The floats of {@link
 * #knowledge()} come last in a row, and are no field.
 *
 * @param fields the fields that a backbone sees, in their order: bags of embeddings, projected fields of one side, projected
 *     fields of a pair
 * @param sequence the fields of a single history item: embeddings, then vectors that are projected as those of the candidate;
 *     empty where histories are pooled
 * @param knowledge fields that no backbone sees, for an augmentation
 * @param dimension floats of a field
 * @param historyLength most items of a history
 * @param tokens what is read of each of a row's examples, and of the row itself once more; empty without examples
 */
public record InputShape(
        List<Field> fields,
        List<Field> sequence,
        List<Field> knowledge,
        int dimension,
        int historyLength,
        Optional<InputShape> tokens) {
    /** Orders the fields and copies the lists. */
    public InputShape {
        fields = Stream.of(
                        chosen(fields, Field::hasTable),
                        chosen(fields, field -> !field.hasTable() && field.side() != Side.PAIR),
                        chosen(fields, field -> !field.hasTable() && field.side() == Side.PAIR))
                .flatMap(List::stream)
                .toList();
        sequence = List.copyOf(sequence);
        knowledge = List.copyOf(knowledge);
    }

    /** Without examples. */
    public InputShape(
            List<Field> fields, List<Field> sequence, List<Field> knowledge, int dimension, int historyLength) {
        this(fields, sequence, knowledge, dimension, historyLength, Optional.empty());
    }

    /** Without knowledge and histories. */
    public InputShape(List<Field> fields, int dimension) {
        this(fields, List.of(), List.of(), dimension, 0);
    }

    private static List<Field> chosen(List<Field> fields, Predicate<Field> predicate) {
        return fields.stream().filter(predicate).toList();
    }

    /** The shape for a schema. */
    public static InputShape of(FeatureSchema schema, HistoryInput history, int dimension) {
        Predicate<Field> oneByOne = field -> field.ofHistory()
                && !field.ofKnowledge()
                && (field.hasTable() ? history != HistoryInput.POOLED : history == HistoryInput.SEQUENCE_WITH_VECTORS);
        return new InputShape(
                chosen(schema.fields(), field -> !field.ofKnowledge() && !oneByOne.test(field)),
                chosen(schema.fields(), oneByOne).stream()
                        .map(field -> field.hasTable() ? field : ofItem(schema, field))
                        .toList(),
                chosen(schema.fields(), Field::ofKnowledge),
                dimension,
                schema.historyLength());
    }

    /** A field of vectors of the history, read as that of the candidate is; itself if the candidate has none. */
    private static Field ofItem(FeatureSchema schema, Field field) {
        String twin = twin(field.name());
        return schema.fields().stream()
                .filter(other -> other.name().equals(twin))
                .findFirst()
                .map(other -> new Field(field.name(), Field.NO_TABLE, other.source()))
                .orElse(field);
    }

    /** The name of the candidate's field that a field of the history is about. */
    public static String twin(String ofHistory) {
        return ofHistory.replaceFirst("^history", "item");
    }

    /** The fields of a history item that are embeddings, the first ones. */
    public List<Field> sequenceTables() {
        return chosen(sequence, Field::hasTable);
    }

    /** The fields of a history item that are vectors, the last ones. */
    public List<Field> sequenceVectors() {
        return chosen(sequence, field -> !field.hasTable());
    }

    /** The fields that are bags of embeddings, the first ones. */
    public List<Field> pooled() {
        return chosen(fields, Field::hasTable);
    }

    /** The fields of one side whose floats are projected. */
    public List<Field> projected() {
        return chosen(fields, field -> !field.hasTable() && field.side() != Side.PAIR);
    }

    /** The fields of a pair, the last ones. */
    public List<Field> ofPair() {
        return chosen(fields, field -> field.side() == Side.PAIR);
    }

    /** A problem for each field of user and item together, for a backbone that takes none. */
    public List<Problem> noPlaceForPairs(String backbone) {
        return ofPair().stream()
                .map(field -> new Problem(
                        "model.schema",
                        backbone + " has no place for '" + field.name()
                                + "', which is of user and item together; switch it off (teacherScores, visits.use, or"
                                + " product and cosine of vectors or texts), or choose another backbone"))
                .toList();
    }

    /** The fields whose floats stand in a row of the network's input, behind the pooled embeddings. */
    public List<Field> floats() {
        return Stream.concat(projected().stream(), knowledge.stream()).toList();
    }

    /** The field of knowledge of that name. */
    public Field knowledge(String name) {
        return knowledge.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the schema was made without '" + name + "'"));
    }

    /** The field of an example's chain of thought, if there is one. */
    public Optional<Field> chain() {
        return knowledge.stream()
                .filter(field -> field.name().equals(KnowledgeSource.CHAIN))
                .findFirst();
    }

    /** The first float of a field of {@link #floats()} in a row of the network's input. */
    public int at(Field field) {
        List<Field> floats = floats();
        return pooledWidth()
                + floats.subList(0, floats.indexOf(field)).stream()
                        .mapToInt(Field::floats)
                        .sum();
    }

    /** The same without knowledge in the row itself, for which there are tokens. */
    public InputShape withTokens(InputShape token) {
        return new InputShape(fields, sequence, List.of(), dimension, historyLength, Optional.of(token));
    }

    /** What is read of an example: embeddings, knowledge and the label. */
    public InputShape ofToken() {
        return new InputShape(
                pooled(),
                List.of(),
                Stream.concat(
                                knowledge.stream(),
                                Stream.of(new Field(KnowledgeSource.LABEL, Field.NO_TABLE, new Field.ExampleLabel())))
                        .toList(),
                dimension,
                historyLength);
    }

    /** What is read of an example. */
    public InputShape token() {
        return tokens.orElseThrow(() -> new IllegalStateException("the network reads no examples"));
    }

    /** What a backbone sees where the network makes one more field. */
    public InputShape withMadeField(String name) {
        return new InputShape(
                Stream.concat(fields.stream(), Stream.of(new Field(name, Field.NO_TABLE, new Field.Made())))
                        .toList(),
                sequence,
                knowledge,
                dimension,
                historyLength,
                tokens);
    }

    /** Floats of the pooled embeddings of a row. */
    public int pooledWidth() {
        return pooled().size() * dimension;
    }

    /** Floats of a row of the network's input. */
    public int width() {
        return pooledWidth() + floats().stream().mapToInt(Field::floats).sum();
    }

    /** Floats of a row of the network's input of pairs. */
    public int pairWidth() {
        return ofPair().stream().mapToInt(Field::floats).sum();
    }

    /** Floats of a history item. */
    public int sequenceWidth() {
        return sequence.stream()
                .mapToInt(field -> field.hasTable() ? dimension : field.floats())
                .sum();
    }

    /** Elements of a row that depend on the user and the position; the others depend on the item. */
    public BitSet userColumns() {
        BitSet columns = new BitSet();
        int at = 0;
        for (Field field : (Iterable<Field>) Stream.concat(pooled().stream(), floats().stream())::iterator) {
            int width = field.hasTable() ? dimension : field.floats();
            if (field.side() == Side.USER) {
                columns.set(at, at + width);
            }
            at += width;
        }
        return columns;
    }

    /** A network that reads these inputs and has made fields of them, without anything else. */
    public GraphBuilder network(Seed seed, LinearInitialization linear) {
        GraphBuilder network = new GraphBuilder(width(), sequenceWidth(), pairWidth(), seed, linear);
        List<Field> projected = projected();
        List<Field> ofPair = ofPair();
        Node fields = network.fields();
        if (!projected.isEmpty() || !knowledge.isEmpty()) {
            List<Project.Part> parts = new ArrayList<>();
            if (pooledWidth() > 0) {
                parts.add(new Project.Part(0, pooledWidth(), null));
            }
            fields = network.add(new Project(parts(network, projected, pooledWidth(), parts)), fields);
        }
        if (!ofPair.isEmpty()) {
            Node pairs = network.add(new Project(parts(network, ofPair, 0, new ArrayList<>())), network.pairs());
            fields = width() == 0 ? pairs : network.concatenate(fields, pairs);
        }
        if (!sequenceVectors().isEmpty()) {
            network.withHistory(network.add(sequenceProjection(network), network.history()));
        }
        return network.withFields(fields);
    }

    /** The vectors of history items by the matrices of the candidate's. */
    private Project sequenceProjection(GraphBuilder network) {
        int at = sequenceTables().size() * dimension;
        List<Project.Part> parts = new ArrayList<>();
        if (at > 0) {
            parts.add(new Project.Part(0, at, null));
        }
        for (Field field : sequenceVectors()) {
            Parameter weight = network.declared("inputs." + twin(field.name()) + ".weight")
                    .orElseThrow(() -> new InvalidInputException(
                            "schema.fields",
                            "include '" + field.name() + "' and not '" + twin(field.name())
                                    + "', which the backbone reads alike; include both or none"));
            parts.add(new Project.Part(at, field.floats(), weight));
            at += field.floats();
        }
        return new Project(parts);
    }

    private List<Project.Part> parts(GraphBuilder network, List<Field> of, int from, List<Project.Part> parts) {
        int at = from;
        for (Field field : of) {
            int floats = field.floats();
            Parameter weight = network.parameter(
                    "inputs." + field.name() + ".weight",
                    network.linear().weight(),
                    floats,
                    dimension,
                    dimension,
                    floats);
            parts.add(new Project.Part(at, floats, weight));
            at += floats;
        }
        return parts;
    }
}
