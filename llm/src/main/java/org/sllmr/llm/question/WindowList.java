// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/**
 * Asks for a ranking of the candidates in a window. The scores serve to order the window: from 1 for the first to 0 for the
 * last.
 */
final class WindowList extends RankingForm {
    WindowList(Wording wording) {
        super("sliding-window/1", wording);
    }

    @Override
    float score(int rank, int candidates) {
        return candidates == 1 ? 1 : 1 - (float) rank / (candidates - 1);
    }
}
