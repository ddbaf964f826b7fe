// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.List;

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
        Part validation) {
    /** Copies the lists. */
    public TrainingData {
        userFields = List.copyOf(userFields);
        contextFields = List.copyOf(contextFields);
    }

    /** The same with validation samples whose histories are the training interactions. */
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
        this(name, hash, log, catalogue, userIds, userFields, contextFields, training, new Part(log, validation));
    }
}
