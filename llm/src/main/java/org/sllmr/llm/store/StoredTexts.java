// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sllmr.llm.question.TextForm;
import org.sllmr.llm.request.RequestOrigin;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextProvenance;
import org.sllmr.teacher.text.TextTable;

/** The texts of a store. Subjects without a usable reply are left out. */
public final class StoredTexts {
    private StoredTexts() {}

    /** The texts, which do not depend on the order of answers. */
    public static TextTable table(StoreReader store) throws IOException {
        TextPlan plan = store.textPlan();
        Map<Integer, String> texts = new TreeMap<>();
        store.forEachReply(
                (subject, reply) -> TextForm.text(reply).ifPresent(text -> texts.putIfAbsent(subject, text)));
        List<String> inOrder = new ArrayList<>(texts.values());
        int[] subjects = texts.keySet().stream().mapToInt(Integer::intValue).toArray();
        List<RunRecord> runs = store.runs();
        RequestOrigin origin = runs.get(runs.size() - 1).origin();
        Map<String, String> settings = RunRecord.settings(runs);
        settings.put("share", Double.toString(plan.origin().share()));
        return new TextTable(
                new TextProvenance(
                        plan.kind(),
                        origin.provider(),
                        origin.model(),
                        settings,
                        origin.dataset(),
                        origin.datasetHash(),
                        plan.size(),
                        subjects.length),
                plan.subjects().select(subjects),
                inOrder);
    }
}
