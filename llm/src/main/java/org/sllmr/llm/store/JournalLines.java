// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Checksum;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Attempts as lines of text: a checksum and a JSON object each. */
public final class JournalLines {
    private static final Logger LOGGER = LoggerFactory.getLogger(JournalLines.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CHECKSUM = 8;

    private JournalLines() {}

    /** The line of an attempt, with its end. */
    public static byte[] line(JournalEntry entry) {
        byte[] json = JSON.writeValueAsBytes(entry);
        byte[] line = new byte[CHECKSUM + 1 + json.length + 1];
        System.arraycopy(checksum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII), 0, line, 0, CHECKSUM);
        line[CHECKSUM] = ' ';
        System.arraycopy(json, 0, line, CHECKSUM + 1, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /**
     * The attempts of lines. A last line without an end was being written when a process ended; it is skipped.
     *
     * @param file name of the file, for messages
     * @param content the file
     * @param begin where the lines begin
     * @param number number of the first line there
     * @throws InvalidInputException if a line is damaged
     */
    public static List<JournalEntry> read(String file, byte[] content, int begin, int number) {
        List<JournalEntry> entries = new ArrayList<>();
        int from = begin;
        for (int at = from; at < content.length; at++) {
            if (content[at] == '\n') {
                entries.add(entry(file, content, from, at, entries.size() + number));
                from = at + 1;
            }
        }
        return entries;
    }

    static boolean isValid(byte[] content, int from, int to) {
        int json = from + CHECKSUM + 1;
        return to > json
                && content[json - 1] == ' '
                && checksum(content, json, to - json)
                        .equals(new String(content, from, CHECKSUM, StandardCharsets.US_ASCII));
    }

    private static JournalEntry entry(String file, byte[] content, int from, int to, int line) {
        int json = from + CHECKSUM + 1;
        if (isValid(content, from, to)) {
            try {
                return JSON.readValue(content, json, to - json, JournalEntry.class);
            } catch (JacksonException e) {
                LOGGER.debug("{}:{}", file, line, e);
            }
        }
        throw new InvalidInputException(
                file + ":" + line,
                "is damaged: the line has no valid checksum; truncate the file there to keep the lines before, or"
                        + " restore it from a copy");
    }

    static String checksum(byte[] bytes, int from, int length) {
        return HexFormat.of()
                .toHexDigits(new Checksum().add(bytes, from, length).value());
    }
}
