// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.store.Attempt;
import org.sllmr.llm.store.AttemptStore;
import org.sllmr.llm.store.JournalEntry;
import org.sllmr.llm.store.JournalLines;

/**
 * The attempts of one part of the users, open for one task.
 *
 * <p>An added attempt is flushed to the file system before {@link #add} returns, so the end of the process loses none. A
 * file system that cannot flush an open file, as that of an object store, gets a file for each attempt. From time to time
 * journals become a Parquet file.
 */
final class PartStore implements AttemptStore {
    private static final int ATTEMPTS_OF_TABLE = 5_000;
    /** Name of the capability; its constant in Hadoop is deprecated. */
    private static final String HFLUSH = "hflush";

    private static final float[] NO_SCORES = {};

    private final PartFolder folder;
    private final int run;
    private final Map<RequestKey, float[]> answers = new HashMap<>();
    private final Map<String, String> adaptations = new HashMap<>();
    private final double spentBefore;
    private final List<JournalEntry> entries = new ArrayList<>();
    /** Numbers of the first journal that is in no table, and of the next one. */
    private int first;

    private int next;
    private double added;
    private @Nullable FSDataOutputStream journal;
    private boolean broken;

    /**
     * Opens a part.
     *
     * @param run number of the run
     */
    PartStore(PartFolder folder, int run) throws IOException {
        this.folder = folder;
        this.run = run;
        this.next = folder.recover();
        this.first = next;
        double spent = 0;
        for (StoredAttempt attempt : folder.read()) {
            spent += attempt.cost();
            if (attempt.answered()) {
                float[] scores = attempt.scores();
                answers.put(RequestKey.of(attempt.key()), scores == null ? NO_SCORES : scores);
            }
        }
        this.spentBefore = spent;
    }

    /** Number of requests that earlier runs have an answer for. */
    int answeredBefore() {
        return answers.size();
    }

    @Override
    public double spentBefore() {
        return spentBefore;
    }

    /** Cost of all attempts. */
    synchronized double spent() {
        return spentBefore + added;
    }

    /** Adaptations to what the server refused. */
    Map<String, String> adaptations() {
        return adaptations;
    }

    @Override
    public void forEachAnswered(Consumer<RequestKey> visitor) {
        answers.keySet().forEach(visitor);
    }

    @Override
    public void forEachAnswer(AnswerVisitor visitor) {
        answers.forEach(visitor::visit);
    }

    @Override
    public synchronized void add(Attempt attempt) throws IOException {
        if (broken) {
            throw new IOException(folder.path() + " cannot be written");
        }
        JournalEntry entry = JournalEntry.of(run, attempt);
        broken = true;
        FSDataOutputStream out = journal == null ? folder.files().create(folder.journal(next++), false) : journal;
        journal = out;
        out.write(JournalLines.line(entry));
        if (out.hasCapability(HFLUSH)) {
            out.hflush();
        } else {
            out.close();
            journal = null;
        }
        entries.add(entry);
        added += entry.cost();
        if (entries.size() >= ATTEMPTS_OF_TABLE) {
            roll();
        }
        broken = false;
    }

    /** Moves what was added into a table. */
    private void roll() throws IOException {
        FSDataOutputStream open = journal;
        if (open != null) {
            open.close();
            journal = null;
        }
        if (!entries.isEmpty()) {
            AttemptTable.write(folder.files().getConf(), folder.table(first, next - 1), entries);
            entries.clear();
            for (int number = first; number < next; number++) {
                folder.files().delete(folder.journal(number), false);
            }
            first = next;
        }
    }

    @Override
    public void adapted(Map<String, String> toTheServer) {
        adaptations.putAll(toTheServer);
    }

    @Override
    public synchronized void close() throws IOException {
        roll();
    }
}
