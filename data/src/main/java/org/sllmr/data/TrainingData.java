// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that training, tuning and the teacher may see; it gives no access to the test interactions.
 *
 * @param name name of the dataset, for results
 * @param hash content hash of the dataset folder
 * @param log training interactions only: those of validation and test are withheld
 * @param catalogue the items
 * @param userIds user ids as the source gives them
 * @param userFields categorical fields of users besides the id, one row per user
 * @param contextFields categorical fields of interactions and samples, one row per interaction of the full log, or
 *     where rows have labels of their own, per sample (see {@link Instances#context})
 * @param training training samples
 * @param validation validation samples; their histories may hold earlier validation interactions, never test
 *     interactions
 * @param calibration lists of candidates with labels, of users who are in neither the validation nor the test part, for
 *     guidance to fit on; their histories are the training interactions, and their positives are not among these. Only
 *     a split by folds has them
 * @param numeric numbers of users, interactions and pairs
 */
public record TrainingData(
        String name,
        String hash,
        InteractionLog log,
        Catalogue catalogue,
        Vocabulary userIds,
        List<Column> userFields,
        List<Column> contextFields,
        Samples training,
        Part validation,
        Optional<Samples> calibration,
        NumericInputs numeric) {
    /** Copies the lists. */
    public TrainingData {
        userFields = List.copyOf(userFields);
        contextFields = List.copyOf(contextFields);
    }

    /** The same without samples for calibration. */
    public TrainingData(
            String name,
            String hash,
            InteractionLog log,
            Catalogue catalogue,
            Vocabulary userIds,
            List<Column> userFields,
            List<Column> contextFields,
            Samples training,
            Part validation,
            NumericInputs numeric) {
        this(
                name,
                hash,
                log,
                catalogue,
                userIds,
                userFields,
                contextFields,
                training,
                validation,
                Optional.empty(),
                numeric);
    }

    /** The same without numbers, with validation samples whose histories are the training interactions. */
    public TrainingData(
            String name,
            String hash,
            InteractionLog log,
            Catalogue catalogue,
            Vocabulary userIds,
            List<Column> userFields,
            List<Column> contextFields,
            Samples training,
            Samples validation) {
        this(
                name,
                hash,
                log,
                catalogue,
                userIds,
                userFields,
                contextFields,
                training,
                new Part(log, validation),
                NumericInputs.NONE);
    }

    /** The same data, whose items have further vectors; they are no part of its hash. */
    public TrainingData with(VectorColumn itemVectors) {
        return with(catalogue.with(itemVectors), numeric);
    }

    /** The same data, whose users have further vectors; they are no part of its hash. */
    public TrainingData withUserVectors(VectorColumn userVectors) {
        return with(
                catalogue,
                new NumericInputs(
                        numeric.userNumbers(),
                        and(numeric.userVectors(), userVectors),
                        numeric.contextNumbers(),
                        numeric.pairs(),
                        numeric.samples(),
                        numeric.neighbours()));
    }

    /** The same data with numbers of pairs; they are no part of its hash. */
    public TrainingData with(PairColumn pairs) {
        return with(
                catalogue,
                new NumericInputs(
                        numeric.userNumbers(),
                        numeric.userVectors(),
                        numeric.contextNumbers(),
                        and(numeric.pairs(), pairs),
                        numeric.samples(),
                        numeric.neighbours()));
    }

    /** The same data with vectors of training samples; they are no part of its hash. */
    public TrainingData with(SampleVectors vectors) {
        return with(
                catalogue,
                new NumericInputs(
                        numeric.userNumbers(),
                        numeric.userVectors(),
                        numeric.contextNumbers(),
                        numeric.pairs(),
                        and(numeric.samples(), vectors),
                        numeric.neighbours()));
    }

    /** The same data with neighbours of items; they are no part of its hash. */
    public TrainingData with(NeighbourColumn neighbours) {
        return with(
                catalogue,
                new NumericInputs(
                        numeric.userNumbers(),
                        numeric.userVectors(),
                        numeric.contextNumbers(),
                        numeric.pairs(),
                        numeric.samples(),
                        and(numeric.neighbours(), neighbours)));
    }

    private static <T> List<T> and(List<T> columns, T further) {
        return Stream.concat(columns.stream(), Stream.of(further)).toList();
    }

    /** The same data with other training samples of the same log. */
    public TrainingData withTraining(Samples others) {
        return new TrainingData(
                name, hash, log, catalogue, userIds, userFields, contextFields, others, validation, numeric);
    }

    private TrainingData with(Catalogue items, NumericInputs numbers) {
        return new TrainingData(
                name, hash, log, items, userIds, userFields, contextFields, training, validation, calibration, numbers);
    }
}
