// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sllmr.data.file.Sha256;
import org.sllmr.llm.LanguageModel;

/**
 * What requests are made from; a store never mixes answers to requests of different origins.
 *
 * @param dataset name of the dataset
 * @param datasetHash its content hash
 * @param planHash hash of the plan
 * @param form name and version of the question form
 * @param formHash hash of everything that affects the wording
 * @param provider provider of the model, at any address
 * @param model the provider's model id
 * @param modelSettings other settings that affect its replies
 * @param candidates maximum number of candidates in a request; 1 for texts
 */
public record RequestOrigin(
        String dataset,
        String datasetHash,
        String planHash,
        String form,
        String formHash,
        String provider,
        String model,
        Map<String, String> modelSettings,
        int candidates) {
    /** Copies the map in its order. */
    public RequestOrigin {
        modelSettings = Collections.unmodifiableMap(new LinkedHashMap<>(modelSettings));
    }

    /** The origin of requests to a model. */
    static RequestOrigin of(
            String dataset,
            String datasetHash,
            String planHash,
            String form,
            String formHash,
            int candidates,
            LanguageModel model) {
        return new RequestOrigin(
                dataset,
                datasetHash,
                planHash,
                form,
                formHash,
                model.provider(),
                model.model(),
                model.settings(),
                candidates);
    }

    /** Hash of everything that affects an answer except user, pass and candidates. */
    String hash() {
        Sha256 hash = new Sha256()
                .add(planHash)
                .add(form)
                .add(formHash)
                .add(provider)
                .add(model)
                .add(modelSettings.size());
        modelSettings.forEach((name, value) -> hash.add(name).add(value));
        return hash.hex();
    }
}
