// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.SealedText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code manifest.json}. */
final class ManifestFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    /** Keys that version 3 added. */
    private static final List<String> SINCE_3 =
            List.of("userNumbers", "itemNumbers", "contextNumbers", "userVectors", "itemVectors");

    private static final String REMEDY = "; run 'sllmr data prepare' to make one";

    private ManifestFile() {}

    static byte[] encode(Manifest manifest) {
        // A fixed line separator: the same dataset has the same bytes on every platform.
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return SealedText.JSON
                .seal(MAPPER.writer().with(printer).writeValueAsString(manifest))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Manifest read(Path folder) {
        Path file = folder.resolve(Layout.MANIFEST);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(folder.toString(), "is not a folder" + REMEDY);
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    folder.toString(), "is not a dataset: it has no " + Layout.MANIFEST + REMEDY);
        }
        try {
            byte[] bytes = InputFile.bytes(file);
            Optional<String> checked = SealedText.JSON.open(bytes);
            JsonNode tree = checked.isPresent() ? MAPPER.readTree(checked.get()) : MAPPER.readTree(bytes);
            if (!tree.path("format").asString("").equals(Manifest.FORMAT)) {
                throw new InvalidInputException(file.toString(), "is not the manifest of a dataset" + REMEDY);
            }
            int version = tree.path("formatVersion").asInt(0);
            if (version < Manifest.OLDEST_VERSION || version > Manifest.FORMAT_VERSION) {
                throw new InvalidInputException(
                        file.toString(),
                        "has format version " + version + ", this program reads " + Manifest.OLDEST_VERSION + " to "
                                + Manifest.FORMAT_VERSION
                                + "; prepare the dataset again: scores and runs made from it remain valid for the same"
                                + " content");
            }
            if (checked.isEmpty()) {
                throw new InvalidInputException(
                        file.toString(),
                        "has no valid checksum: it is damaged or was changed; prepare the dataset again");
            }
            if (tree instanceof ObjectNode object) {
                SINCE_3.stream().filter(key -> !object.has(key)).forEach(object::putArray);
            }
            return MAPPER.treeToValue(tree, Manifest.class);
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    file.toString(), "is damaged: " + e.getOriginalMessage() + "; prepare the dataset again");
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + Reason.of(e));
        }
    }
}
