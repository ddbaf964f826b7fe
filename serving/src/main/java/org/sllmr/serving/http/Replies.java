// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.bundle.Recommendations;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;

/** What answers hold, as JSON. */
final class Replies {
    private Replies() {}

    /** Something was wrong. */
    record Failure(String error, List<Problem> problems) {}

    /** An answer to {@code /recommend}, {@code /rank} and {@code /items/ID/similar}; {@code took} is in milliseconds. */
    record Ranked(double took, String model, String version, List<Object> items, Recommendations.Basis basis) {
        static Ranked of(long nanos, Models.Served model, Recommendations answer, boolean details) {
            Catalogue catalogue = model.recommender().catalogue();
            return new Ranked(
                    nanos / 1e6,
                    model.name(),
                    model.version(),
                    answer.items().stream()
                            .map(item -> details
                                    ? (Object) new Detailed(
                                            item.item(),
                                            item.score(),
                                            item.longTail(),
                                            item.known(),
                                            item.reasons(),
                                            Shown.of(catalogue, catalogue.ids().indexOf(item.item())))
                                    : item)
                            .toList(),
                    answer.basis());
        }
    }

    /** A recommendation with what people see of it. */
    record Detailed(
            String item,
            float score,
            boolean longTail,
            boolean known,
            List<Recommendations.Reason> reasons,
            Shown details) {}

    /** What people see of an item. */
    record Shown(String item, Map<String, String> texts, Map<String, List<String>> fields) {
        static Shown of(Catalogue catalogue, int item) {
            Map<String, String> texts = new LinkedHashMap<>();
            Map<String, List<String>> fields = new LinkedHashMap<>();
            if (item >= 0) {
                catalogue
                        .texts()
                        .forEach(text -> texts.put(text.name(), text.values().get(item)));
                for (Column column : catalogue.fields()) {
                    fields.put(column.name(), column.texts(item));
                }
            }
            return new Shown(item < 0 ? "" : catalogue.ids().value(item), texts, fields);
        }
    }

    /** Items. */
    record Found(List<Shown> items) {}

    /** Ids of users. */
    record Users(List<String> users) {}

    /** A user. */
    record User(String user, boolean known, List<Shown> history) {}

    /** Models. */
    record Served(List<Listed> models) {}

    /** A model; {@code blend} is the teacher that its scores are blended with, or null. */
    record Listed(
            String name,
            String version,
            String backbone,
            String guidance,
            Optional<String> blend,
            int items,
            int users,
            boolean listsUsers,
            List<String> fields,
            List<String> texts) {}
}
