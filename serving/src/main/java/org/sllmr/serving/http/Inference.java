// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.configuration.document.JsonReader;
import org.sllmr.configuration.document.Node;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;

/**
 * The tensors of the Open Inference Protocol, version 2: {@code item} of shape {@code [n]}, {@code user} of shape {@code [n]}
 * and {@code history} of shape {@code [n, l]}, padded with empty strings, all of type BYTES; the answer is {@code score} of
 * shape {@code [n]}, FP32. One of user and history may be missing.
 */
final class Inference {
    private static final List<String> INPUTS = List.of("item", "user", "history");

    private Inference() {}

    /** A tensor's description. */
    record Tensor(String name, String datatype, List<Integer> shape) {}

    /** A model's description; the parameters say what kind of model it is. */
    record Metadata(
            String name,
            List<String> versions,
            String platform,
            List<Tensor> inputs,
            List<Tensor> outputs,
            Map<String, String> parameters) {
        static Metadata of(Models.Served model) {
            return new Metadata(
                    model.name(),
                    List.of(model.version()),
                    "sllmr_bundle",
                    List.of(
                            new Tensor("item", "BYTES", List.of(-1)),
                            new Tensor("user", "BYTES", List.of(-1)),
                            new Tensor("history", "BYTES", List.of(-1, -1))),
                    List.of(new Tensor("score", "FP32", List.of(-1))),
                    parameters(model.recommender().manifest()));
        }

        private static Map<String, String> parameters(Manifest manifest) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("backbone", manifest.run().backbone());
            parameters.put("guidance", manifest.run().guidance());
            manifest.blend().ifPresent(blend -> parameters.put("blend", blend.teacher()));
            return parameters;
        }
    }

    /** A tensor with its values. */
    record Output(String name, String datatype, List<Integer> shape, List<Float> data) {}

    /** An answer. */
    record Answer(String model_name, String model_version, Optional<String> id, List<Output> outputs) {}

    /** Rows to score. */
    record Rows(Optional<String> id, List<String> items, List<String> users, List<List<String>> histories) {}

    /**
     * Reads a request.
     *
     * @param most most values of a tensor
     * @throws InvalidInputException with all its problems
     */
    static Rows read(String json, int most) {
        Node.Mapping body = JsonReader.document("body", json);
        Node.Entry id = body.find("id");
        Node.Entry inputs = body.find("inputs");
        if (inputs == null || !(inputs.value() instanceof Node.Sequence tensors)) {
            throw new InvalidInputException("inputs", "are missing: a list of tensors is needed");
        }
        List<Problem> problems = new ArrayList<>();
        List<String> items = null;
        List<String> users = List.of();
        List<List<String>> histories = List.of();
        Set<String> names = new LinkedHashSet<>();
        for (Node node : tensors.elements()) {
            Node.Mapping tensor =
                    node instanceof Node.Mapping mapping ? mapping : new Node.Mapping(node.origin(), List.of());
            String name = text(tensor, "name");
            if (!INPUTS.contains(name)) {
                problems.add(new Problem(
                        "inputs",
                        (name.isEmpty() ? "have a tensor without a name" : "have a tensor '" + shortened(name) + "'")
                                + "; allowed are " + String.join(", ", INPUTS)));
                continue;
            }
            if (!names.add(name)) {
                problems.add(new Problem("inputs", "have the tensor '" + name + "' twice"));
                continue;
            }
            String type = text(tensor, "datatype");
            if (!type.equals("BYTES")) {
                problems.add(new Problem(
                        "inputs." + name + ".datatype",
                        (type.isEmpty() ? "is missing" : "is " + shortened(type)) + "; it must be BYTES"));
            }
            List<Integer> shape = shape(tensor, name, most, problems);
            List<String> data = new ArrayList<>();
            Node.Entry values = tensor.find("data");
            boolean texts = values != null && flat(values.value(), data, 0);
            if (!texts) {
                problems.add(new Problem(
                        "inputs." + name + ".data",
                        (values == null ? "is missing" : "is no list of texts") + "; it must be a list of ids"));
            }
            if (!texts || shape.isEmpty()) {
                continue;
            }
            if (size(shape) != data.size()) {
                problems.add(new Problem(
                        "inputs." + name, "has " + data.size() + " values, and its shape says " + size(shape)));
            } else if (name.equals("item")) {
                items = data;
            } else if (name.equals("user")) {
                users = data;
            } else {
                histories = rows(data, shape);
            }
        }
        if (problems.isEmpty() && !names.contains("item")) {
            problems.add(new Problem("inputs", "have no tensor 'item'"));
        }
        if (problems.isEmpty() && !names.contains("user") && !names.contains("history")) {
            problems.add(new Problem("inputs", "have neither a tensor 'user' nor a tensor 'history'"));
        }
        if (problems.isEmpty()
                && items != null
                && ((names.contains("user") && users.size() != items.size())
                        || (names.contains("history") && histories.size() != items.size()))) {
            problems.add(new Problem(
                    "inputs",
                    "differ in their number of rows: item has " + items.size()
                            + (names.contains("user") ? ", user " + users.size() : "")
                            + (names.contains("history") ? ", history " + histories.size() : "")));
        }
        if (id != null && !(id.value() instanceof Node.Scalar) && !(id.value() instanceof Node.Empty)) {
            problems.add(new Problem("id", "is no text"));
        }
        outputs(body, problems);
        if (!problems.isEmpty() || items == null) {
            throw new InvalidInputException(problems);
        }
        return new Rows(
                id == null || !(id.value() instanceof Node.Scalar scalar)
                        ? Optional.empty()
                        : Optional.of(scalar.text()),
                items,
                users,
                histories);
    }

    /** A request may name the outputs that it wants; there is one. */
    private static void outputs(Node.Mapping body, List<Problem> problems) {
        Node.Entry outputs = body.find("outputs");
        if (outputs == null || outputs.value() instanceof Node.Empty) {
            return;
        }
        boolean known = outputs.value() instanceof Node.Sequence tensors
                && tensors.elements().stream()
                        .allMatch(node -> node instanceof Node.Mapping tensor
                                && text(tensor, "name").equals("score"));
        if (!known) {
            problems.add(new Problem("outputs", "have another tensor than 'score'; it is the only one"));
        }
    }

    private static String text(Node.Mapping tensor, String key) {
        Node.Entry entry = tensor.find(key);
        return entry != null && entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static List<Integer> shape(Node.Mapping tensor, String name, int most, List<Problem> problems) {
        Node.Entry entry = tensor.find("shape");
        List<Integer> shape = new ArrayList<>();
        if (entry != null && entry.value() instanceof Node.Sequence sequence) {
            for (Node node : sequence.elements()) {
                String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
                shape.add(text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1);
            }
        }
        String wanted = name.equals("history") ? "[rows, items of a row]" : "[rows]";
        String found = null;
        if (entry == null) {
            found = "is missing";
        } else if (shape.size() != (name.equals("history") ? 2 : 1) || shape.contains(-1)) {
            found = entry.value() instanceof Node.Sequence ? "is " + shape : "is no list of whole numbers";
        } else if (size(shape) > most) {
            found = "is " + shape + ", more than " + most + " values (--max-items)";
        }
        if (found != null) {
            problems.add(new Problem("inputs." + name + ".shape", found + "; it must be " + wanted));
            return List.of();
        }
        return shape;
    }

    private static long size(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private static String shortened(String text) {
        return text.length() > 50 ? text.substring(0, 50) + "..." : text;
    }

    private static boolean flat(Node node, List<String> target, int depth) {
        if (node instanceof Node.Scalar scalar) {
            target.add(scalar.text());
            return depth > 0;
        }
        return node instanceof Node.Sequence sequence
                && depth < 3
                && sequence.elements().stream().allMatch(element -> flat(element, target, depth + 1));
    }

    private static List<List<String>> rows(List<String> data, List<Integer> shape) {
        List<List<String>> rows = new ArrayList<>();
        int width = shape.get(1);
        for (int row = 0; row < shape.get(0); row++) {
            rows.add(data.subList(row * width, (row + 1) * width).stream()
                    .filter(item -> !item.isEmpty())
                    .toList());
        }
        return rows;
    }

    /**
     * Scores the rows; successive ones of one user and history together.
     *
     * @param deadline until when they are wanted
     * @throws InvalidInputException naming items that the model does not know
     * @throws TooLateException if the deadline is over
     */
    static List<Float> scores(Rows rows, Recommender recommender, Deadline deadline) {
        List<Float> scores = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (int from = 0, to; from < rows.items().size(); from = to) {
            to = from + 1;
            while (to < rows.items().size() && same(rows, from, to)) {
                to++;
            }
            List<String> candidates = rows.items().subList(from, to);
            Request request = rows.histories().isEmpty()
                    ? Request.ofUser(rows.users().get(from))
                    : Request.ofHistory(rows.histories().get(from));
            if (!rows.histories().isEmpty() && !rows.users().isEmpty()) {
                request = request.withUser(rows.users().get(from));
            }
            Recommendations answer = recommender.score(request.withCandidates(candidates), deadline);
            Map<String, Float> byItem = new java.util.HashMap<>();
            answer.items().forEach(item -> byItem.put(item.item(), item.score()));
            for (String item : candidates) {
                Float score = byItem.get(item);
                if (score == null) {
                    unknown.add(item);
                } else {
                    scores.add(score);
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(
                    "inputs.item",
                    "has items that the model does not know: "
                            + unknown.stream().limit(5).toList()
                            + "; score new items with /rank, which takes their fields");
        }
        return scores;
    }

    private static boolean same(Rows rows, int one, int other) {
        return (rows.users().isEmpty()
                        || rows.users().get(one).equals(rows.users().get(other)))
                && (rows.histories().isEmpty()
                        || rows.histories().get(one).equals(rows.histories().get(other)));
    }
}
