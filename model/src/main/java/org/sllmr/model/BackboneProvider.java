// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;

/**
 * Backbones from outside this project. A jar on the class path names its implementation in {@code
 * META-INF/services/org.sllmr.model.BackboneProvider}; then settings can name its backbones as they name any other.
 */
@FunctionalInterface
public interface BackboneProvider {
    /** The backbones; no name may be taken by another one. */
    List<Backbones.Entry> backbones();
}
