// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.runs.Blend;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunSettings;

/**
 * What is compared: a configuration, and what its scores are blended with.
 *
 * @param settings the configuration, apart from seed and dataset
 * @param blend the teacher that its scores are blended with when it is served; empty for none
 */
record Method(RunSettings settings, String blend) {
    /** The teacher that a run's scores are blended with, or "". */
    static String blend(RunFolder run) {
        return run.blend().map(Blend::teacher).orElse("");
    }

    /** A name for each, by how they differ. */
    static List<String> names(List<Method> methods) {
        List<String> names =
                MethodNames.of(methods.stream().map(Method::settings).toList());
        return IntStream.range(0, names.size())
                .mapToObj(index -> methods.get(index).blend.isEmpty()
                        ? names.get(index)
                        : names.get(index) + ", blended with " + methods.get(index).blend)
                .toList();
    }
}
