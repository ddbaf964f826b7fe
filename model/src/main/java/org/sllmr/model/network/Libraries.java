// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.network;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.kernel.Kernels;

/** What computes the numbers: different kernels give different bits, so results say which they had. */
public final class Libraries {
    private Libraries() {}

    /** Versions by name, and the kernels of the embedding tables; in alphabetical order. */
    public static Map<String, String> versions() {
        Engine.load();
        Map<String, String> versions = new TreeMap<>();
        versions.put("libtorch", version(torch.class));
        versions.put("table kernels", Kernels.fastest().getClass().getSimpleName());
        return versions;
    }

    /** The version in the library's jar, which is libtorch's and its binding's. */
    private static String version(Class<?> library) {
        String file =
                library.getProtectionDomain().getCodeSource().getLocation().getPath();
        return file.substring(file.lastIndexOf('/') + 1).replaceAll("^[a-z]+-|\\.jar$", "");
    }

    /**
     * The kernel that the BLAS library was told to use, such as {@code SkylakeX}; it does not tell which one it took by
     * itself.
     */
    public static String blasKernel() {
        String told = System.getenv("OPENBLAS_CORETYPE");
        return told == null || told.isBlank() ? "chosen by OpenBLAS" : told;
    }
}
