// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The incubator module that SIMD loops are written against, {@code jdk.incubator.vector}.
 *
 * <p>Java resolves it at its start with {@code --add-modules}, prints a warning about it, and takes longer to start, for every
 * command. With {@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED} instead, which is how the launcher starts
 * Java, it is loaded here, on first use, the way the runtime loads its own management agent: by the boot loader, without
 * which its loops would not be compiled to SIMD.
 */
public final class SimdModule {
    /** Its name. */
    public static final String NAME = "jdk.incubator.vector";

    private static final class Loaded {
        private static final Logger LOG = LoggerFactory.getLogger(SimdModule.class);
        private static final boolean THERE = ModuleLayer.boot().findModule(NAME).isPresent() || load();

        private static boolean load() {
            try {
                Class.forName("jdk.internal.module.Modules")
                        .getMethod("loadModule", String.class)
                        .invoke(null, NAME);
                return true;
            } catch (ReflectiveOperationException | LinkageError | RuntimeException absent) {
                LOG.debug("{} cannot be loaded: {}", NAME, absent.toString());
                LOG.info("SIMD is off, training is slower: start Java with --add-modules {}", NAME);
                return false;
            }
        }
    }

    private SimdModule() {}

    /** Whether it is there, or could be loaded now. */
    public static boolean isLoaded() {
        return Loaded.THERE;
    }
}
