// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import org.sllmr.data.file.Sha256;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.teacher.plan.PlanHistories;

/**
 * What questions show of the histories of a plan.
 *
 * @param histories the histories that the teacher may see
 * @param length most interactions that are shown
 */
record ShownHistories(PlanHistories histories, int length) {
    /**
     * The last interactions of a user.
     *
     * @param items oldest first
     * @param times of the interactions
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    record Shown(int[] items, long[] times) {
        /** Adds everything to the hash of a request. */
        void addTo(Sha256 hash) {
            int[] words = new int[2 * times.length];
            for (int index = 0; index < times.length; index++) {
                words[2 * index] = (int) (times[index] >>> Integer.SIZE);
                words[2 * index + 1] = (int) times[index];
            }
            hash.add(items).add(words);
        }

        Prompt prompt(QuestionForm form, int[] candidates) {
            return form.prompt(items, times, candidates);
        }
    }

    Shown of(int user) {
        int end = histories.length(user);
        int from = Math.max(0, end - length);
        int[] items = new int[end - from];
        long[] times = new long[end - from];
        histories.copyItems(user, from, end, items, 0);
        for (int index = 0; index < times.length; index++) {
            times[index] = histories.time(user, from + index);
        }
        return new Shown(items, times);
    }
}
