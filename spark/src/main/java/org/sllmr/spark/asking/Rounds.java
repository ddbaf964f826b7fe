// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingProgress;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.AskingSettings;

/**
 * Shares out limits and money to tasks, and what they leave of the money to the tasks of another round, until nothing is
 * missing, nothing may be sent, or the money is not enough for the next request.
 */
final class Rounds {
    private final AskingSettings limits;
    private final int parallelism;
    private final Tasks work;
    private final TreeMap<Integer, AskedPart> parts = new TreeMap<>();
    private final long start = System.nanoTime();

    /** Runs tasks, all at once if there is room. */
    @FunctionalInterface
    interface Tasks {
        /** The parts of all tasks, in any order. */
        List<AskedPart> run(List<SentTask> tasks) throws IOException;
    }

    /**
     * Rounds that have not begun.
     *
     * @param limits what holds for all tasks together
     * @param parallelism number of tasks that can run at once
     */
    Rounds(AskingSettings limits, int parallelism, Tasks work) {
        this.limits = limits;
        this.parallelism = parallelism;
        this.work = work;
    }

    /** Asks about parts. */
    void run(int[] all) throws IOException {
        look(all);
        boolean alone = false;
        List<AskedPart> open = open();
        while (!open.isEmpty()) {
            int before = answered();
            for (AskedPart asked : work.run(tasks(open, alone))) {
                parts.computeIfPresent(asked.part(), (part, known) -> known.then(asked));
            }
            if (answered() == before) {
                if (alone || limits.budget().isEmpty()) {
                    return;
                }
                // What is left may be enough for the requests of one task.
                alone = true;
            }
            open = open().stream()
                    .filter(part -> part.end() == AskingEnd.BUDGET)
                    .toList();
        }
    }

    /** Finds what is missing, and what it has cost so far. */
    private void look(int[] all) throws IOException {
        int tasks = Math.max(1, Math.min(all.length, parallelism));
        List<SentTask> looking = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            int from = (int) ((long) all.length * task / tasks);
            int to = (int) ((long) all.length * (task + 1) / tasks);
            int[] own = new int[to - from];
            System.arraycopy(all, from, own, 0, own.length);
            looking.add(new SentTask(task, 0, own, new double[own.length], 0));
        }
        work.run(looking).forEach(part -> parts.put(part.part(), part));
    }

    private List<AskedPart> open() {
        return parts.values().stream().filter(part -> part.missing() > 0).toList();
    }

    private List<SentTask> tasks(List<AskedPart> open, boolean alone) {
        int tasks = alone ? 1 : Shares.tasks(limits, Math.min(parallelism, open.size()));
        List<List<AskedPart>> own = new ArrayList<>();
        long[] requests = new long[tasks];
        for (int task = 0; task < tasks; task++) {
            own.add(new ArrayList<>());
        }
        for (AskedPart part : open.stream()
                .sorted(Comparator.comparingInt(AskedPart::missing).reversed().thenComparingInt(AskedPart::part))
                .toList()) {
            int least = 0;
            for (int task = 1; task < tasks; task++) {
                least = requests[task] < requests[least] ? task : least;
            }
            own.get(least).add(part);
            requests[least] += part.missing();
        }
        double[] money = limits.budget()
                .map(budget -> Shares.money(Math.max(0, budget - spent()), requests))
                .orElse(new double[0]);
        List<SentTask> sent = new ArrayList<>();
        for (int number = 0; number < tasks; number++) {
            sent.add(new SentTask(
                    number,
                    tasks,
                    own.get(number).stream().mapToInt(AskedPart::part).toArray(),
                    own.get(number).stream().mapToDouble(AskedPart::spent).toArray(),
                    money.length == 0 ? Double.POSITIVE_INFINITY : money[number]));
        }
        return sent;
    }

    private int answered() {
        return parts.values().stream().mapToInt(AskedPart::answered).sum();
    }

    private double spent() {
        double spent = 0;
        for (AskedPart part : parts.values()) {
            spent += part.spent();
        }
        return spent;
    }

    /** A part that has an answer, if there is one. */
    OptionalInt somePart() {
        return parts.values().stream()
                .filter(part -> part.answeredBefore() + part.answered() > 0)
                .mapToInt(AskedPart::part)
                .findFirst();
    }

    /** The result of all parts: the end that is worst. */
    AskingResult result() {
        AskedPart worst = parts.values().stream()
                .max(Comparator.comparingInt(part -> severity(part.end())))
                .orElse(null);
        Map<String, Long> faults = new TreeMap<>();
        String failure = "";
        String sample = "";
        int total = 0;
        int before = 0;
        int left = 0;
        for (AskedPart part : parts.values()) {
            part.faults().forEach((kind, number) -> faults.merge(kind, number, Long::sum));
            failure = part.lastFailure().isEmpty() ? failure : part.lastFailure();
            sample = part.sample().isEmpty() ? sample : part.sample();
            total += part.requests();
            before += part.answeredBefore();
            left += part.left();
        }
        return new AskingResult(
                worst == null ? AskingEnd.DONE : worst.end(),
                worst == null ? "" : worst.message(),
                new AskingProgress(
                        total,
                        before,
                        answered(),
                        left,
                        0,
                        spent(),
                        faults,
                        Duration.ofNanos(System.nanoTime() - start),
                        false,
                        failure),
                sample);
    }

    private static int severity(AskingEnd end) {
        return switch (end) {
            case DONE -> 0;
            case BUDGET -> 1;
            case USELESS -> 2;
            case PROVIDER_DOWN -> 3;
            case REFUSED -> 4;
        };
    }

    /** What the server refused and tasks adapted to. */
    Map<String, String> adaptations() {
        Map<String, String> all = new HashMap<>();
        parts.values().forEach(part -> all.putAll(part.adaptations()));
        return new TreeMap<>(all);
    }
}
