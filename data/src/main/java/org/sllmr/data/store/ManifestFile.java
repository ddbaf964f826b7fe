// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sllmr.configuration.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code manifest.json}, read and written. */
final class ManifestFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    private static final String REMEDY = "; run 'sllmr data prepare' to make one";

    private ManifestFile() {}

    static byte[] encode(Manifest manifest) {
        // Not the platform's line separator: the same dataset has the same bytes everywhere.
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return MAPPER.writer().with(printer).writeValueAsBytes(manifest);
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
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            if (!tree.path("format").asString("").equals(Manifest.FORMAT)) {
                throw new InvalidInputException(file.toString(), "is not the manifest of a dataset" + REMEDY);
            }
            int version = tree.path("formatVersion").asInt(0);
            if (version != Manifest.FORMAT_VERSION) {
                throw new InvalidInputException(
                        file.toString(),
                        "has format version " + version + ", this program reads " + Manifest.FORMAT_VERSION
                                + "; prepare the dataset again");
            }
            return MAPPER.treeToValue(tree, Manifest.class);
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    file.toString(), "is damaged: " + e.getOriginalMessage() + "; prepare the dataset again");
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + e.getMessage());
        }
    }
}
