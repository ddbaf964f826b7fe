// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The values of a cell that is written as JSON. */
final class JsonCell {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonCell() {}

    /** A scalar as one value, a list (of lists) as all scalars in it; null and what an object holds are no values. */
    static List<String> values(String json) {
        char first = json.charAt(0);
        boolean text = first == '"' && json.indexOf('\\') < 0;
        if (text) {
            return json.length() == 2 ? List.of() : List.of(json.substring(1, json.length() - 1));
        }
        if (first == '-' || Character.isDigit(first)) {
            return List.of(json);
        }
        List<String> values = new ArrayList<>();
        collect(MAPPER.readTree(json), values);
        return values;
    }

    private static void collect(JsonNode node, List<String> values) {
        if (node.isArray()) {
            node.forEach(element -> collect(element, values));
        } else if (node.isValueNode() && !node.isNull()) {
            String value = node.asString();
            if (!value.isEmpty()) {
                values.add(value);
            }
        }
    }
}
