// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.function.Supplier;

/** Chooses between SIMD loops, which are loaded by name since their module may be absent, and plain Java. */
final class Simd {
    /** Name of loops that are not. */
    static final String PLAIN = "plain Java";

    private Simd() {}

    /** Name of loops with registers of that many bits. */
    static String name(int bits) {
        return "SIMD of " + bits + " bits";
    }

    /** An instance of that class of SIMD loops, or else of the plain ones. */
    static <T> T orPlain(String name, Class<T> kind, Supplier<T> plain) {
        if (!SimdModule.isLoaded()) {
            return plain.get();
        }
        try {
            return Class.forName(name).asSubclass(kind).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError absent) {
            return plain.get();
        }
    }
}
