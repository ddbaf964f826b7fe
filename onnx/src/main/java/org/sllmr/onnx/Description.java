// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.file.WholeFile;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** The JSON beside a file: its inputs, how their values are looked up, and its output. */
final class Description {
    /** Version of the format. */
    private static final int VERSION = 1;

    private static final String HASHED =
            "hashes of the data's ids: the first 32 hexadecimal digits of the SHA-256 of salt and"
                    + " id in UTF-8, each behind its number of bytes as 4 bytes, the high one first";

    private Description() {}

    /** Writes it for the file that lies in the folder. */
    static void write(Path folder, OnnxSource source, List<OnnxInput> inputs) throws IOException {
        String hash = Sha256.of(folder.resolve(OnnxFile.MODEL));
        WholeFile.write(folder.resolve(OnnxFile.DESCRIPTION), beside -> {
            try (OutputStream out = Files.newOutputStream(beside);
                    JsonGenerator json = new JsonFactory().createGenerator(new Lines(), out, JsonEncoding.UTF8)) {
                write(json, source, inputs, hash);
                json.writeRaw('\n');
            }
        });
    }

    /** An object a line and a value a line; the same on every system. */
    private static final class Lines extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private static void write(JsonGenerator json, OnnxSource source, List<OnnxInput> inputs, String hash) {
        json.writeStartObject();
        json.writeNumberProperty("formatVersion", VERSION);
        json.writeStringProperty("file", OnnxFile.MODEL);
        json.writeStringProperty("sha256", hash);
        json.writeNumberProperty("opset", OnnxFile.OPSET);
        json.writeObjectPropertyStart("origin");
        new TreeMap<>(source.origin()).forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeArrayPropertyStart("inputs");
        inputs.forEach(input -> write(json, input));
        json.writeEndArray();
        json.writeArrayPropertyStart("outputs");
        json.writeStartObject();
        json.writeStringProperty("name", "score");
        json.writeStringProperty("type", "float");
        texts(json, "shape", List.of("N"));
        json.writeStringProperty("meaning", "the logit of user and item: the higher, the better the item");
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectPropertyStart("users");
        json.writeStringProperty("lookup", source.salt().isEmpty() ? "ids of the data" : HASHED);
        source.salt().ifPresent(salt -> json.writeStringProperty("salt", salt));
        texts(json, "ids", source.users());
        json.writeEndObject();
        json.writeObjectPropertyStart("items");
        json.writeStringProperty("lookup", "ids of the catalogue");
        texts(json, "ids", source.items());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, OnnxInput input) {
        json.writeStartObject();
        json.writeStringProperty("name", input.name());
        json.writeStringProperty("type", input.type());
        texts(json, "shape", input.shape());
        json.writeStringProperty("lookup", input.lookup());
        if (!input.values().isEmpty()) {
            texts(json, "values", input.values());
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
