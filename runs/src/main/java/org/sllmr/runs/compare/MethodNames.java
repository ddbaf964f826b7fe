// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Names configurations by how they differ, such as {@code guidance calibrated-pairwise} or {@code tailBonus 0.75}.
 *
 * <p>A setting of a variant, such as of a guidance, is compared among the configurations that have that variant.
 */
final class MethodNames {
    /** Last parts of keys that do not say of what: text.use, unknown.share. */
    private static final Set<String> VAGUE = Set.of("use", "share");

    /** Names with more differences would be unreadable. */
    private static final int MAX_NAMED = 4;

    private static final String VARIANT = ".name";
    private static final String TEACHER = "teacher";

    private MethodNames() {}

    /**
     * The names of different configurations.
     *
     * @param configurations with equal or default seed and dataset
     * @return a name for each, in the same order; two names can be equal if the configurations differ in more than is
     *     named
     */
    static List<String> of(List<RunSettings> configurations) {
        List<Map<String, String>> all =
                configurations.stream().map(MethodNames::flat).toList();
        Set<String> keys = all.stream()
                .flatMap(settings -> settings.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> differing = keys.stream().filter(key -> differs(key, all)).toList();
        List<String> names = new ArrayList<>();
        for (Map<String, String> settings : all) {
            List<String> words = differing.stream()
                    .filter(settings::containsKey)
                    .map(key -> shortName(key, differing) + " " + settings.get(key))
                    .toList();
            String name = String.join(", ", words.subList(0, Math.min(MAX_NAMED, words.size())));
            names.add(
                    words.size() > MAX_NAMED
                            ? name + " and " + (words.size() - MAX_NAMED) + " more"
                            : words.isEmpty() ? "the same settings" : name);
        }
        return names;
    }

    /** Whether configurations with the key, and with the same variants on its path, differ in it. */
    private static boolean differs(String key, List<Map<String, String>> all) {
        Map<List<String>, String> seen = new LinkedHashMap<>();
        for (Map<String, String> settings : all) {
            String value = settings.get(key);
            if (value != null) {
                String before = seen.putIfAbsent(variants(key, settings), value);
                if (before != null && !before.equals(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The variants chosen on the path to a key, without the key's own choice. */
    private static List<String> variants(String key, Map<String, String> settings) {
        List<String> variants = new ArrayList<>();
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            String choice = key.substring(0, dot) + VARIANT;
            if (!choice.equals(key)) {
                variants.add(Objects.requireNonNullElse(settings.get(choice), ""));
            }
        }
        return variants;
    }

    /** The last part of a key, with the part before it if another key ends equally, or the last says too little. */
    private static String shortName(String key, List<String> differing) {
        String path = key.endsWith(VARIANT) ? key.substring(0, key.length() - VARIANT.length()) : key;
        String last = path.substring(path.lastIndexOf('.') + 1);
        boolean alone = !VAGUE.contains(last)
                && differing.stream()
                                .filter(other -> other.equals(key) || other.endsWith("." + last))
                                .count()
                        == 1;
        int before = path.lastIndexOf('.', path.lastIndexOf('.') - 1);
        return alone || before < 0 ? last : path.substring(before + 1);
    }

    private static Map<String, String> flat(RunSettings settings) {
        Map<String, String> flat = new LinkedHashMap<>();
        JsonNode root = YAMLMapper.shared().readTree(RunConfiguration.write(settings));
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            // The guidance describes the method better than the teacher's file.
            if (!entry.getKey().equals(TEACHER)) {
                flatten(entry.getKey(), entry.getValue(), flat);
            }
        }
        JsonNode teacher = root.path(TEACHER);
        if (teacher.isString()) {
            flat.put(TEACHER, teacher.asString());
        }
        return flat;
    }

    private static void flatten(String key, JsonNode value, Map<String, String> flat) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                flatten(key + "." + entry.getKey(), entry.getValue(), flat);
            }
        } else {
            flat.put(key, value.isArray() ? value.toString() : value.asString());
        }
    }
}
