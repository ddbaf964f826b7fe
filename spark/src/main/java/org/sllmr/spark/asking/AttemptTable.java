// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.store.JournalEntry;

/** Attempts as a Parquet file: a row each, with the columns of {@link JournalEntry}. */
final class AttemptTable {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message attempt {
              required int32 run;
              required binary key (STRING);
              required int32 user;
              required int32 pass;
              required int32 chunk;
              required group candidates (LIST) { repeated group list { required int32 element; } }
              required int32 number;
              required int64 started (TIMESTAMP(MICROS,true));
              required double latency_ms;
              required double cost;
              required binary outcome (STRING);
              required binary detail (STRING);
              optional binary text (STRING);
              optional binary finish (STRING);
              optional int32 prompt_tokens;
              optional int32 reply_tokens;
              optional group scores (LIST) { repeated group list { required float element; } }
            }
            """);

    private AttemptTable() {}

    /** Writes a file, whole or not at all. */
    static void write(Configuration configuration, Path file, List<JournalEntry> entries) throws IOException {
        Path beside = file.suffix(".unfinished");
        SimpleGroupFactory rows = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        HadoopOutputFile.fromPath(beside, configuration))
                .withType(SCHEMA)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withWriteMode(org.apache.parquet.hadoop.ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (JournalEntry entry : entries) {
                writer.write(row(rows.newGroup(), entry));
            }
        }
        if (!file.getFileSystem(configuration).rename(beside, file)) {
            throw new IOException(file + " could not be put in place of " + beside);
        }
    }

    private static Group row(Group row, JournalEntry entry) {
        row.append("run", entry.run())
                .append("key", entry.key())
                .append("user", entry.user())
                .append("pass", entry.pass())
                .append("chunk", entry.chunk());
        Group candidates = row.addGroup("candidates");
        for (int item : entry.candidates()) {
            candidates.addGroup("list").append("element", item);
        }
        row.append("number", entry.number())
                .append("started", entry.started())
                .append("latency_ms", entry.latency() / 1000.0)
                .append("cost", entry.cost())
                .append("outcome", entry.outcome())
                .append("detail", entry.detail());
        JournalEntry.@Nullable Received reply = entry.reply();
        if (reply != null) {
            row.append("text", reply.text())
                    .append("finish", reply.finish())
                    .append("prompt_tokens", reply.promptTokens())
                    .append("reply_tokens", reply.replyTokens());
        }
        float[] all = entry.scores();
        if (all != null) {
            Group scores = row.addGroup("scores");
            for (float score : all) {
                scores.addGroup("list").append("element", score);
            }
        }
        return row;
    }

    /** Reads a file; of replies only what they cost is told. */
    static List<StoredAttempt> read(Configuration configuration, Path file) throws IOException {
        List<StoredAttempt> attempts = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), file)
                .withConf(configuration)
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                attempts.add(attempt(row));
            }
        }
        return attempts;
    }

    private static StoredAttempt attempt(Group row) {
        Group candidates = row.getGroup("candidates", 0);
        int[] items = new int[candidates.getFieldRepetitionCount("list")];
        Arrays.setAll(items, at -> candidates.getGroup("list", at).getInteger("element", 0));
        float @Nullable [] scores = null;
        if (row.getFieldRepetitionCount("scores") > 0) {
            Group list = row.getGroup("scores", 0);
            scores = new float[list.getFieldRepetitionCount("list")];
            for (int at = 0; at < scores.length; at++) {
                scores[at] = list.getGroup("list", at).getFloat("element", 0);
            }
        }
        return new StoredAttempt(
                row.getString("key", 0),
                row.getInteger("user", 0),
                row.getInteger("pass", 0),
                row.getInteger("chunk", 0),
                items,
                row.getDouble("cost", 0),
                row.getString("outcome", 0),
                scores);
    }
}
