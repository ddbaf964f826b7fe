// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import org.sllmr.data.Catalogue;

/**
 * Items as the source gives them, with or without interactions.
 *
 * @param places the place of each item
 * @param catalogue the items in the order of the source
 */
public record RawItems(Places places, Catalogue catalogue) {}
