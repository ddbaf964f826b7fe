// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A graph of ONNX that is being put together. Values are known by their names, which depend on the order of the calls alone.
 *
 * <p>Numbers of fields are those of ONNX's description of its messages (onnx.proto3 of ONNX 1.12).
 */
final class GraphWriter {
    /** A single-precision number. */
    static final int FLOAT = 1;
    /** A whole number of 64 bits. */
    static final int INT64 = 7;

    private final List<Message> nodes = new ArrayList<>();
    private final Map<String, Message> tensors = new LinkedHashMap<>();
    private final List<Message> inputs = new ArrayList<>();
    private final List<Message> outputs = new ArrayList<>();
    private final Map<String, String> axes = new HashMap<>();
    private int count;

    /** Declares an input; a dimension is a number or a name. */
    String input(String name, int type, List<String> shape) {
        inputs.add(value(name, type, shape));
        return name;
    }

    /** Gives a value a name to the outside. */
    void output(String name, String value, int type, List<String> shape) {
        nodes.add(node("Identity", name, List.of(value)));
        outputs.add(value(name, type, shape));
    }

    /** Numbers that are part of the file; the same name twice is the same tensor. */
    String weights(String name, float[] values, int... shape) {
        tensors.computeIfAbsent(name, key -> tensor(key, FLOAT, shape).floats(9, values));
        return name;
    }

    /** Whether there is a tensor of that name. */
    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** One number for all rows. */
    String number(float value) {
        return weights("number " + Integer.toHexString(Float.floatToIntBits(value)), new float[] {value});
    }

    /** Whole numbers: {@code [values]}. */
    String integers(long... values) {
        String name =
                "integers " + Arrays.stream(values).mapToObj(Long::toString).collect(Collectors.joining(" "));
        tensors.computeIfAbsent(name, key -> tensor(key, INT64, values.length).longs(9, values));
        return name;
    }

    /** One whole number, without a dimension. */
    String integer(long value) {
        String name = "integer " + value;
        tensors.computeIfAbsent(name, key -> tensor(key, INT64).longs(9, new long[] {value}));
        return name;
    }

    /** The result of an operation. */
    String add(String operation, String... of) {
        String name = operation + "_" + count++;
        nodes.add(node(operation, name, List.of(of)));
        return name;
    }

    /** The result of an operation with one attribute. */
    String with(String operation, String attribute, long value, String... of) {
        String name = operation + "_" + count++;
        Message integer = new Message().text(1, attribute).integer(3, value).integer(20, 2);
        nodes.add(node(operation, name, List.of(of)).message(5, integer));
        return name;
    }

    /** The same with an attribute of several whole numbers. */
    String with(String operation, String attribute, long[] values, String... of) {
        String name = operation + "_" + count++;
        Message integers = new Message().text(1, attribute);
        for (long value : values) {
            integers.integer(8, value);
        }
        nodes.add(node(operation, name, List.of(of)).message(5, integers.integer(20, 7)));
        return name;
    }

    /** Values one behind the other in their last dimension. */
    String concatenate(List<String> values) {
        return values.size() == 1 ? values.get(0) : with("Concat", "axis", -1, values.toArray(String[]::new));
    }

    /** Elements {@code [from, from + length)} of the last dimension. */
    String slice(String x, int from, int length) {
        return add("Slice", x, integers(from), integers((long) from + length), integers(-1));
    }

    /** The same elements in another shape; 0 stands for a length that stays. */
    String reshape(String x, long... shape) {
        return add("Reshape", x, integers(shape));
    }

    /** With a further dimension of length 1. */
    String unsqueeze(String x, int axis) {
        return axes.computeIfAbsent(x + " " + axis, key -> add("Unsqueeze", x, integers(axis)));
    }

    /** Without a dimension of length 1. */
    String squeeze(String x, int axis) {
        return add("Squeeze", x, integers(axis));
    }

    /** The sum over a dimension. */
    String sum(String x, int axis) {
        return with("ReduceSum", "keepdims", 0, x, integers(axis));
    }

    /** Rows of a matrix or a vector. */
    String gather(String rows, String indices) {
        return add("Gather", rows, indices);
    }

    /** As a whole number. */
    String toInteger(String x) {
        return with("Cast", "to", INT64, x);
    }

    /** As a float. */
    String toFloat(String x) {
        return with("Cast", "to", FLOAT, x);
    }

    private static Message node(String operation, String output, List<String> of) {
        Message node = new Message();
        of.forEach(name -> node.text(1, name));
        return node.text(2, output).text(3, output).text(4, operation);
    }

    private static Message tensor(String name, int type, int... shape) {
        Message tensor = new Message();
        Arrays.stream(shape).forEach(length -> tensor.integer(1, length));
        return tensor.integer(2, type).text(8, name);
    }

    private static Message value(String name, int type, List<String> shape) {
        Message dimensions = new Message();
        for (String length : shape) {
            boolean named = IntStream.range(0, length.length()).anyMatch(i -> !Character.isDigit(length.charAt(i)));
            Message dimension = new Message();
            dimensions.message(1, named ? dimension.text(2, length) : dimension.integer(1, Long.parseLong(length)));
        }
        Message tensor = new Message().integer(1, type).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** The graph as it is now. */
    Message message(String name) {
        Message whole = new Message();
        nodes.forEach(node -> whole.message(1, node));
        whole.text(2, name);
        tensors.values().forEach(tensor -> whole.message(5, tensor));
        inputs.forEach(input -> whole.message(11, input));
        outputs.forEach(output -> whole.message(12, output));
        return whole;
    }
}
