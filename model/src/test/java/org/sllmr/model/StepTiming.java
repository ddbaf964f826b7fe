// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.VectorParts;

/** Milliseconds a training step at the size of Amazon Beauty; a program, not a test. */
public final class StepTiming {
    /** What the model reads besides values, by -Dinputs: nothing, numbers, vectors (384 floats), or all parts of them. */
    private static final String INPUTS = System.getProperty("inputs", "");

    private StepTiming() {}

    public static void main(String[] arguments) throws Exception {
        int users = 22_363;
        int items = 12_101;
        Random random = new Random(1);
        int[] offsets = new int[users + 1];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + 4 + (int) Math.min(40, -6 * Math.log(random.nextDouble()));
        }
        int size = offsets[users];
        int[] logItems = new int[size];
        for (int i = 0; i < size; i++) {
            logItems[i] = (int) (items * Math.pow(random.nextDouble(), 2));
        }
        InteractionLog log = InteractionLog.of(offsets, logItems, new long[size]);
        int[] brand = random.ints(items, 0, 2000).toArray();
        int[] categoryOffsets = new int[items + 1];
        int[] categories = new int[items * 4];
        for (int item = 0; item < items; item++) {
            categoryOffsets[item + 1] = 4 * (item + 1);
            for (int i = 0; i < 4; i++) {
                categories[item * 4 + i] = i == 0 ? 0 : random.nextInt(220);
            }
        }
        Catalogue catalogue = new Catalogue(
                RandomWorld.vocabulary("i", items),
                List.of(
                        Column.single("brand", RandomWorld.vocabulary("b", 2000), brand),
                        new Column("categories", RandomWorld.vocabulary("c", 220), categoryOffsets, categories)),
                List.of(),
                INPUTS.equals("numbers") ? List.of(new NumberColumn("price", floats(random, items))) : List.of(),
                INPUTS.matches("vectors|all")
                        ? List.of(new VectorColumn("text", 384, floats(random, 384 * items), ""))
                        : List.of());
        int positives = 131_000;
        int[] order = random.ints(positives, 0, size).toArray();
        int[] rowUsers = new int[2 * positives];
        int[] rowItems = new int[2 * positives];
        int[] positions = new int[2 * positives];
        for (int p = 0; p < positives; p++) {
            int user = Arrays.binarySearch(offsets, order[p]);
            user = user < 0 ? -user - 2 : user;
            for (int i = 0; i < 2; i++) {
                rowUsers[2 * p + i] = user;
                positions[2 * p + i] = order[p] - offsets[user];
                rowItems[2 * p + i] = i == 0 ? logItems[order[p]] : random.nextInt(items);
            }
        }
        boolean shuffled = arguments.length > 0 && arguments[0].equals("shuffled");
        if (shuffled) {
            for (int i = rowUsers.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                for (int[] column : List.of(rowUsers, rowItems, positions)) {
                    int value = column[i];
                    column[i] = column[j];
                    column[j] = value;
                }
            }
        }
        Samples samples = new Samples(new Instances(rowUsers, rowItems, positions), 1);
        TrainingData data = new TrainingData(
                "timing",
                "",
                log,
                catalogue,
                RandomWorld.vocabulary("u", users),
                List.of(),
                List.of(),
                samples,
                samples);
        for (Backbones.Entry entry : Backbones.all()) {
            BackboneSettings backbone = entry.defaults();
            if (!entry.name().matches(System.getProperty("backbones", ".*"))) {
                continue;
            }
            for (OptimizerSettings.TableUpdates updates : OptimizerSettings.TableUpdates.values()) {
                OptimizerSettings optimizer = new OptimizerSettings(
                        OptimizerSettings.Kind.ADAM,
                        updates,
                        0.01,
                        0.9,
                        0.999,
                        1e-8,
                        Double.parseDouble(System.getProperty("decay", "1e-4")),
                        Double.parseDouble(System.getProperty("decay", "1e-4")),
                        0);
                ModelSettings settings = new ModelSettings(
                        schema(),
                        32,
                        new Initialization.XavierNormal(),
                        LinearInitialization.XAVIER_NORMAL,
                        backbone,
                        optimizer);
                CtrModel model = CtrModel.create(data, settings, new Seed(1));
                time(model, data, updates, true);
                if (arguments.length > 1) {
                    time(model, data, updates, false);
                }
            }
        }
        System.exit(0);
    }

    private static float[] floats(Random random, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }

    private static SchemaSettings schema() {
        SchemaSettings defaults = SchemaSettings.defaults();
        return new SchemaSettings(
                defaults.fields(),
                defaults.historyLength(),
                defaults.historyPooling(),
                defaults.numbers(),
                new VectorParts(true, true, INPUTS.equals("all"), INPUTS.equals("all"), 10),
                defaults.text(),
                defaults.unknown(),
                false);
    }

    private static void time(CtrModel model, TrainingData data, OptimizerSettings.TableUpdates updates, boolean overlap)
            throws Exception {
        int batch = 128;
        int steps = Integer.getInteger("steps", 1500);
        List<Instances> slices = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            slices.add(data.training().instances().slice(step * batch, (step + 1) * batch));
        }
        double[] forward = new double[steps];
        double[] backward = new double[steps];
        double[] wait = new double[steps];
        double[] whole = new double[steps];
        double[] preparing = new double[steps + 1];
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Future<TrainableModel.Batch> next = executor.submit(() -> model.prepare(data.log(), slices.get(0), batch));
        float[] gradient = new float[batch];
        for (int step = 0; step < steps; step++) {
            long t0 = cpu();
            TrainableModel.Batch current = next.get();
            long t1 = cpu();
            int following = step + 1;
            if (overlap) {
                next = executor.submit(() -> prepare(model, data, slices, following, batch, preparing));
            }
            float[] logits = model.forward(current);
            long t2 = cpu();
            for (int row = 0; row < batch; row++) {
                gradient[row] = (float)
                        ((1 / (1 + Math.exp(-logits[row])) - data.training().label(row)) / batch);
            }
            model.backward(current, gradient);
            long t3 = cpu();
            if (!overlap) {
                next = executor.submit(() -> prepare(model, data, slices, following, batch, preparing));
            }
            wait[step] = (t1 - t0) / 1e6;
            forward[step] = (t2 - t1) / 1e6;
            backward[step] = (t3 - t2) / 1e6;
            whole[step] = (t3 - t0) / 1e6;
        }
        next.get();
        executor.shutdown();
        long t = cpu();
        model.score(data.log(), data.validation().samples().instances().slice(0, 40_000));
        double score = (cpu() - t) / 1e6;
        System.out.printf(
                "%s %s overlap %b: step %.3f mean %.3f ms, wait %.3f, forward %.3f, backward %.3f, prepare %.3f; 40,000 scores %.0f ms%n",
                model.settings().backbone().getClass().getSimpleName(),
                updates,
                overlap,
                median(whole),
                Arrays.stream(whole).skip(steps / 3).average().orElse(0),
                median(wait),
                median(forward),
                median(backward),
                median(preparing),
                score);
    }

    private static TrainableModel.Batch prepare(
            CtrModel model, TrainingData data, List<Instances> slices, int step, int batch, double[] times) {
        long t = cpu();
        TrainableModel.Batch prepared = model.prepare(data.log(), slices.get(step), batch);
        times[step] = (cpu() - t) / 1e6;
        return prepared;
    }

    /** Processor time of this thread: other work on the machine does not count; with -Dclock=wall the time of the wall. */
    private static long cpu() {
        return "wall".equals(System.getProperty("clock"))
                ? System.nanoTime()
                : ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(double[] values) {
        double[] late = Arrays.copyOfRange(values, values.length / 3, values.length);
        Arrays.sort(late);
        return late[late.length / 2];
    }
}
