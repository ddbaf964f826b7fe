// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
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

    /**
     * Checks that other requests are made from the same, so that one store may have the answers to both.
     *
     * @param wanted origin of the requests to ask
     * @param store the store that has answers to requests of this origin
     * @throws InvalidInputException naming everything that differs
     */
    public void requireSame(RequestOrigin wanted, String store) {
        List<Problem> problems = new ArrayList<>();
        compare(problems, store, "dataset", datasetHash, wanted.datasetHash);
        compare(problems, store, "plan", planHash, wanted.planHash);
        compare(problems, store, "form", form, wanted.form);
        compare(problems, store, "wording", formHash, wanted.formHash);
        compare(problems, store, "provider", provider, wanted.provider);
        compare(problems, store, "model", model, wanted.model);
        compare(problems, store, "model settings", modelSettings, wanted.modelSettings);
        compare(problems, store, "candidates of a request", candidates, wanted.candidates);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static void compare(List<Problem> problems, String store, String what, Object kept, Object wanted) {
        if (!kept.equals(wanted)) {
            problems.add(new Problem(
                    store,
                    "has answers for the " + what + " " + kept + ", but this run is for " + wanted
                            + "; ask as before, or name another store"));
        }
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
