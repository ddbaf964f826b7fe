// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.sllmr.llm.store.JournalEntry;
import org.sllmr.llm.store.JournalLines;
import org.sllmr.llm.store.StoreOfTasks;

/**
 * The folder of one part of the users in a store, which one task at a time writes to.
 *
 * <p>Attempts are appended to journals, {@code journal-NUMBER}, and go from there into Parquet files, {@code
 * attempts-FIRST-LAST.parquet}. A journal counts until there is a table whose numbers include its own.
 *
 * @param files the file system
 * @param path the folder
 */
record PartFolder(FileSystem files, Path path) {
    static PartFolder of(Path path, Configuration configuration) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        // Its own writes checksums beside files, and so keeps back what was written last.
        return new PartFolder(files instanceof LocalFileSystem local ? local.getRawFileSystem() : files, path);
    }

    Path journal(int number) {
        return new Path(path, String.format(Locale.ROOT, "journal-%06d", number));
    }

    /** The table of the journals from one number to another. */
    Path table(int first, int last) {
        return new Path(path, String.format(Locale.ROOT, "attempts-%06d-%06d.parquet", first, last));
    }

    /** All attempts, also those that are still in journals. Nothing is changed. */
    List<StoredAttempt> read() throws IOException {
        List<StoredAttempt> attempts = new ArrayList<>();
        TreeMap<Integer, Path> tables = numbered(StoreOfTasks.TABLE);
        for (Path table : tables.values()) {
            attempts.addAll(AttemptTable.read(files.getConf(), table));
        }
        for (Path journal :
                numbered(StoreOfTasks.JOURNAL).tailMap(last(tables), false).values()) {
            entries(journal).forEach(entry -> attempts.add(StoredAttempt.of(entry)));
        }
        return attempts;
    }

    /** Moves what killed tasks left in journals into a table; the number of the next journal. */
    int recover() throws IOException {
        files.mkdirs(path);
        TreeMap<Integer, Path> tables = numbered(StoreOfTasks.TABLE);
        TreeMap<Integer, Path> journals = numbered(StoreOfTasks.JOURNAL);
        var left = journals.tailMap(last(tables), false);
        if (!left.isEmpty()) {
            List<JournalEntry> entries = new ArrayList<>();
            for (Path journal : left.values()) {
                entries.addAll(entries(journal));
            }
            AttemptTable.write(files.getConf(), table(left.firstKey(), left.lastKey()), entries);
        }
        for (Path journal : journals.values()) {
            files.delete(journal, false);
        }
        return Math.max(last(tables), last(journals)) + 1;
    }

    private List<JournalEntry> entries(Path journal) throws IOException {
        try (FSDataInputStream in = files.open(journal)) {
            return JournalLines.read(journal.toString(), in.readAllBytes(), 0, 1);
        }
    }

    /** The files of a kind by their last number. */
    private TreeMap<Integer, Path> numbered(Pattern kind) throws IOException {
        TreeMap<Integer, Path> numbered = new TreeMap<>();
        if (files.exists(path)) {
            for (FileStatus file : files.listStatus(path)) {
                Matcher name = kind.matcher(file.getPath().getName());
                if (name.matches()) {
                    numbered.put(Integer.parseInt(name.group(1)), file.getPath());
                }
            }
        }
        return numbered;
    }

    private static int last(TreeMap<Integer, Path> numbered) {
        return numbered.isEmpty() ? 0 : numbered.lastKey();
    }
}
