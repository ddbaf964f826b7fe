// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Build;
import org.sllmr.data.file.WholeFile;

/**
 * A model as a file of ONNX, and a description of its inputs beside it.
 *
 * <p>The file needs nothing else: it holds what the model knows of the users and the items of the catalogue, which are inputs
 * as indices. An index outside of them, such as -1, stands for someone or something unknown. Scores are those of
 * {@link org.sllmr.model.Model#score} up to the rounding of another engine. The same model gives the same bytes.
 */
public final class OnnxFile {
    /** Name of the file. */
    public static final String MODEL = "model.onnx";
    /** Name of the description. */
    public static final String DESCRIPTION = "model.onnx.json";

    /** Version of the set of operations. */
    static final int OPSET = 17;
    /** Version of the file's own format that came with the set of operations. */
    static final int IR_VERSION = 8;

    private static final String SCORE = "score";

    private OnnxFile() {}

    /**
     * Writes {@link #MODEL} and {@link #DESCRIPTION}, each whole or not at all.
     *
     * @param folder where they are written, over older ones
     * @throws InvalidInputException if the model is larger than such a file can be
     */
    public static void write(Path folder, OnnxSource source) throws IOException {
        GraphWriter graph = new GraphWriter();
        TrainedNetwork network = TrainedNetwork.of(source.model());
        InputFields fields = new InputFields(
                graph,
                network,
                source.model().schema(),
                source.model().settings().backbone().firstOrder(),
                source.users().size(),
                source.items().size());
        String logit = Translation.logit(graph, network, fields);
        String linear = fields.firstOrders();
        String score = linear == null ? logit : graph.add("Add", logit, linear);
        graph.output(SCORE, graph.squeeze(score, 1), GraphWriter.FLOAT, List.of("N"));
        Message model = model(graph.message("sllmr"), source.origin());
        Path file = folder.resolve(MODEL);
        if (model.size() > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    file.toString(),
                    "would have " + model.size() + " bytes, and a file of ONNX can have " + Integer.MAX_VALUE
                            + "; train with a smaller embeddingDimension or fewer fields, or use the bundle without it");
        }
        WholeFile.write(file, beside -> {
            try (OutputStream out = Files.newOutputStream(beside)) {
                CodedOutputStream coded = CodedOutputStream.newInstance(out, 1 << 16);
                model.write(coded);
                coded.flush();
            }
        });
        Description.write(folder, source, inputs(fields));
    }

    private static Message model(Message graph, Map<String, String> origin) {
        Build build = Build.current();
        Message model = new Message()
                .integer(1, IR_VERSION)
                .text(2, "sllmr")
                .text(3, build.text())
                .message(7, graph)
                .message(8, new Message().text(1, "").integer(2, OPSET));
        Map<String, String> properties = new TreeMap<>();
        origin.forEach((key, value) -> properties.put("sllmr." + key, value));
        properties.put("sllmr.opset", Integer.toString(OPSET));
        properties.forEach(
                (key, value) -> model.message(14, new Message().text(1, key).text(2, value)));
        return model;
    }

    private static List<OnnxInput> inputs(InputFields fields) {
        List<OnnxInput> inputs = new ArrayList<>();
        if (fields.readsUsers()) {
            inputs.add(new OnnxInput(
                    "user",
                    "int64",
                    List.of("N"),
                    "index into users.ids; any other number, such as -1, is a user whom training has not seen",
                    List.of()));
        }
        inputs.add(new OnnxInput(
                "item",
                "int64",
                List.of("N"),
                "index into items.ids; any other number, such as -1, is an item of which nothing is known",
                List.of()));
        if (fields.readsHistories()) {
            inputs.add(new OnnxInput(
                    "history",
                    "int64",
                    List.of("N", "L"),
                    "the user's items before, as indices like those of 'item', the oldest first, from place 0 on; L is at"
                            + " least 1, and any number may fill the rest",
                    List.of()));
            inputs.add(new OnnxInput(
                    "history_length",
                    "int64",
                    List.of("N"),
                    "how many places of 'history' count, 0 for none; the model reads the last " + fields.longest()
                            + " of them at most",
                    List.of()));
        }
        inputs.addAll(fields.contextInputs());
        return inputs;
    }
}
