// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.function.Supplier;

/** Chooses between SIMD loops, which are loaded by name since their module may be absent, and plain Java. */
final class Simd {
    private Simd() {}

    /** An instance of that class of SIMD loops, or else of the plain ones. */
    static <T> T orPlain(String name, Class<T> kind, Supplier<T> plain) {
        if (!SimdModule.isLoaded()) {
            return plain.get();
        }
        try {
            return Class.forName(name)
                    .asSubclass(kind)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError absent) {
            return plain.get();
        }
    }
}
