// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sllmr.data.file.Sha256;

/**
 * Where a run's results come from: everything that could change them, and when it ran.
 *
 * @param configurationHash SHA-256 of {@code configuration.yaml}, see {@link #hash}
 * @param seed the run's seed, from which all of its random numbers derive
 * @param dataName name of the dataset
 * @param dataHash content hash of the dataset
 * @param teacher the teacher that guided it; empty without guidance, and where the scores were in memory alone
 * @param texts the files of texts that the model read, by kind
 * @param commit commit of the source, where known
 * @param versions versions of the libraries that compute, by name, in alphabetical order
 * @param machine Java, operating system, processor and kernels
 * @param division how its training was divided among workers; empty for one machine
 * @param started when the run began
 * @param finished when the run ended, not before {@code started}
 */
public record Provenance(
        String configurationHash,
        long seed,
        String dataName,
        String dataHash,
        Optional<TeacherSource> teacher,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TextSource> texts,
        Optional<String> commit,
        Map<String, String> versions,
        Machine machine,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Division> division,
        Instant started,
        Instant finished) {
    /** Copies texts, and versions in alphabetical order, and checks the times. */
    public Provenance {
        texts = List.copyOf(texts);
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        if (finished.isBefore(started)) {
            throw new IllegalArgumentException("finished at " + finished + ", before it started at " + started);
        }
    }

    /** Wall-clock time from start to finish. */
    public Duration duration() {
        return Duration.between(started, finished);
    }

    /** The recorded hash of a configuration. */
    public static String hash(String configuration) {
        return Sha256.of(configuration);
    }
}
