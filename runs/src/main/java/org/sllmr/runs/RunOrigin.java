// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Optional;

/**
 * Which runs a run goes back to.
 *
 * @param from the run that it goes on from
 * @param refit the judged run whose epochs and settings it used on everything; such a run is not judged itself
 * @param news what its data had that the run before did not know; empty if it goes on from none
 */
public record RunOrigin(Optional<Ancestor> from, Optional<Ancestor> refit, Optional<DataNews> news) {
    /**
     * A run before.
     *
     * @param run its folder, as it was given
     * @param model SHA-256 of its model file
     * @param configurationHash SHA-256 of its configuration
     * @param dataName name of its dataset
     * @param dataHash content hash of its dataset
     */
    public record Ancestor(String run, String model, String configurationHash, String dataName, String dataHash) {
        static Ancestor of(RunFolder run) {
            Provenance provenance = run.contents().provenance();
            return new Ancestor(
                    run.path().toString(),
                    run.modelHash(),
                    provenance.configurationHash(),
                    provenance.dataName(),
                    provenance.dataHash());
        }
    }
}
