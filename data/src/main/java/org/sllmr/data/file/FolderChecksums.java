// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sllmr.configuration.InvalidInputException;

/**
 * The list of a folder's files with their SHA-256, for files that are written together and never changed.
 *
 * <p>It is written last, in the form of {@code sha256sum}, so {@code sha256sum --check checksums.sha256} checks the
 * folder as well. The list needs no checksum of its own: a change in it makes a file wrong, missing or unlisted, and
 * all of these are refused.
 */
public final class FolderChecksums {
    /** Name of the list. */
    public static final String NAME = "checksums.sha256";

    /** The program names the files of a folder, so that every system and locale can have the names. */
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9._-]+)");

    private final Path folder;
    private final String remedy;
    private final Map<String, String> hashes = new LinkedHashMap<>();

    private FolderChecksums(Path folder, String remedy) {
        this.folder = folder;
        this.remedy = remedy;
    }

    /** Lists files of a folder. */
    public static void write(Path folder, List<String> names) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(Sha256.of(folder.resolve(name)))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        Files.writeString(folder.resolve(NAME), text, StandardCharsets.UTF_8);
    }

    /**
     * Reads the list of a folder.
     *
     * @param remedy what to do if something is damaged, as the end of a sentence
     * @throws InvalidInputException if there is no list, or it is damaged
     */
    public static FolderChecksums read(Path folder, String remedy) {
        Path file = folder.resolve(NAME);
        FolderChecksums read = new FolderChecksums(folder, remedy);
        String text;
        try {
            text = decode(InputFile.bytes(file));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "is missing: an earlier version wrote the folder, or it is incomplete; " + remedy
                            + ", or, if you know that its files are right, run 'sha256sum * > " + NAME
                            + "' in it");
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + Reason.of(e) + "; " + remedy);
        }
        for (String line : text.split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                if (read.hashes.put(matcher.group(2), matcher.group(1)) != null) {
                    throw read.damaged(file, "lists '" + matcher.group(2) + "' twice");
                }
            } else if (!line.isEmpty()) {
                throw read.damaged(file, "is damaged");
            }
        }
        if (read.hashes.isEmpty()) {
            throw read.damaged(file, "lists no file");
        }
        return read;
    }

    /** Names of the files in the list, in its order. */
    public List<String> names() {
        return List.copyOf(hashes.keySet());
    }

    /** Whether a file is in the list. */
    public boolean lists(String name) {
        return hashes.containsKey(name);
    }

    /**
     * The hash of a file, as the list has it.
     *
     * @throws InvalidInputException if the file is not listed
     */
    public String hash(String name) {
        requireListed(name);
        return hashes.getOrDefault(name, "");
    }

    /**
     * The text of a file, checked.
     *
     * @throws InvalidInputException if the file is not listed, missing, or not the one that was written
     */
    public String text(String name) {
        Path file = folder.resolve(name);
        requireListed(name);
        try {
            byte[] bytes = InputFile.bytes(file);
            require(name, new Sha256().update(bytes, 0, bytes.length));
            return decode(bytes);
        } catch (CharacterCodingException e) {
            throw damaged(file, "is not UTF-8 text");
        } catch (IOException e) {
            throw damaged(file, "cannot be read: " + Reason.of(e));
        }
    }

    /**
     * Requires that a file is in the list, without reading it.
     *
     * @throws InvalidInputException if it is not
     */
    public void requireListed(String name) {
        if (!lists(name)) {
            throw damaged(folder.resolve(name), "is not listed in " + folder.resolve(NAME));
        }
    }

    /**
     * Requires that a file which the caller has read is the listed one.
     *
     * @param hash the hash of all its bytes; ends its use
     * @throws InvalidInputException if the file is not listed, or has another hash
     */
    public void require(String name, Sha256 hash) {
        requireListed(name);
        if (!hash.hex().equals(hashes.get(name))) {
            throw damaged(
                    folder.resolve(name),
                    "is not the file that is listed in " + folder.resolve(NAME)
                            + ": one of the two is damaged or was changed, or is of another folder");
        }
    }

    private InvalidInputException damaged(Path file, String how) {
        return new InvalidInputException(file.toString(), how + "; " + remedy);
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
