// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.data.InteractionLog;

/** What {@link CatalogueScorer#score} was called with, but for the listener. */
@SuppressWarnings("ArrayRecordComponent") // passed on, never changed
record CatalogueRequest(
        InteractionLog log, int[] users, int[] positions, int[][] asked, CatalogueScorer.Receiver receiver) {}
