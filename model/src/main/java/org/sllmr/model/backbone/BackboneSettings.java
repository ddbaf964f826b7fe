// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;

/** The hyper-parameters of a backbone, which can describe its network. */
public interface BackboneSettings {
    /** Which fields have first-order weights. */
    FirstOrder firstOrder();

    /** In which form the backbone reads histories. */
    default HistoryInput history() {
        return HistoryInput.POOLED;
    }

    /** How the backbone takes what a network makes of a row besides its fields. */
    default AddedInput added() {
        return AddedInput.AS_FIELD;
    }

    /** What is done to the embeddings of users and items before they are read; nothing for most backbones. */
    default Optional<Propagation> propagation() {
        return Optional.empty();
    }

    /**
     * Describes the network from the embeddings of a row's fields to its logit, without the first-order weights, which are
     * summed outside.
     *
     * @param network declares parameters and composes operations
     * @param shape the fields
     * @return the logit, one float a row
     * @throws InvalidInputException if the schema lacks fields that the backbone cannot do without
     */
    Node build(GraphBuilder network, InputShape shape);
}
