// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.training.calibration.Stratum;
import org.sllmr.training.calibration.TeacherUse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes and reads the JSON files of a run folder; unknown and missing keys are refused. */
final class RunJson {
    /** One line for each value, keys in the record's order. */
    private static final JsonMapper LINES = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private static final JsonMapper PAGES =
            LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RunJson() {}

    static String metrics(RunMetrics metrics) {
        return PAGES.writeValueAsString(new MetricsFile(
                        split(metrics.validation()), split(metrics.test()), metrics.bestEpoch(), metrics.epochs()))
                + "\n";
    }

    static String epochs(List<EpochResult> epochs) {
        StringBuilder text = new StringBuilder();
        for (EpochResult epoch : epochs) {
            text.append(LINES.writeValueAsString(EpochLine.of(epoch))).append('\n');
        }
        return text.toString();
    }

    static String provenance(Provenance provenance) {
        return PAGES.writeValueAsString(provenance) + "\n";
    }

    static String scores(ScoreHistogram scores) {
        return LINES.writeValueAsString(scores) + "\n";
    }

    static String memory(RunMemory memory) {
        return LINES.writeValueAsString(memory) + "\n";
    }

    static RunMemory readMemory(Path file, String json) {
        return read(file, OptionalInt.empty(), json, RunMemory.class);
    }

    static String blend(Blend blend) {
        return PAGES.writeValueAsString(blend) + "\n";
    }

    static Blend readBlend(Path file, String json) {
        if (!(read(file, OptionalInt.empty(), json, JsonNode.class) instanceof ObjectNode fields)
                || fields.has("newLogPopularity")) {
            return read(file, OptionalInt.empty(), json, Blend.class);
        }
        // The first blends added no constant, and later ones knew nothing of new items.
        if (!fields.has("tailConstant")) {
            fields.put("tailConstant", 0);
        }
        fields.putNull("newLogPopularity");
        return read(file, OptionalInt.empty(), fields.toString(), Blend.class);
    }

    static String place(GridPlace place) {
        return PAGES.writeValueAsString(place) + "\n";
    }

    static GridPlace readPlace(Path file, String json) {
        return read(file, OptionalInt.empty(), json, GridPlace.class);
    }

    static String origin(RunOrigin origin) {
        return PAGES.writeValueAsString(origin) + "\n";
    }

    static RunOrigin readOrigin(Path file, String json) {
        return read(file, OptionalInt.empty(), json, RunOrigin.class);
    }

    static ScoreHistogram readScores(Path file, String json) {
        return read(file, OptionalInt.empty(), json, ScoreHistogram.class);
    }

    static RunMetrics readMetrics(Path file, String json) {
        MetricsFile read = read(file, OptionalInt.empty(), json, MetricsFile.class);
        return convert(
                file.toString(),
                () -> new RunMetrics(split(read.validation()), split(read.test()), read.bestEpoch(), read.epochs()));
    }

    static List<EpochResult> readEpochs(Path file, String text) {
        List<EpochResult> epochs = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            String json = completed(file, line + 1, lines.get(line));
            EpochLine read = read(file, OptionalInt.of(line + 1), json, EpochLine.class);
            epochs.add(convert(place(file, line + 1), read::result));
        }
        return epochs;
    }

    /** Guidance did not always decide where the teacher's scores are used. */
    private static String completed(Path file, int line, String json) {
        if (read(file, OptionalInt.of(line), json, JsonNode.class) instanceof ObjectNode fields
                && fields.get("guidance") instanceof ObjectNode guidance
                && !guidance.has("teacherUse")) {
            guidance.putNull("teacherUse");
            return fields.toString();
        }
        return json;
    }

    static Provenance readProvenance(Path file, String json) {
        if (!(read(file, OptionalInt.empty(), json, JsonNode.class) instanceof ObjectNode fields)) {
            return read(file, OptionalInt.empty(), json, Provenance.class);
        }
        String complete = json;
        // Runs did not always record their teacher.
        if (!fields.has("teacher")) {
            fields.putNull("teacher");
            complete = fields.toString();
        }
        // And nothing divided their training.
        if (!fields.has("division")) {
            complete = fields.putNull("division").toString();
        }
        // Nor texts.
        if (!fields.has("texts")) {
            fields.putArray("texts");
            complete = fields.toString();
        }
        // And their networks were computed by libtorch, whose products were OpenBLAS's.
        if (fields.get("machine") instanceof ObjectNode machine
                && machine.get("blasKernel") instanceof StringNode kernel) {
            machine.remove("blasKernel");
            machine.put("kernels", "OpenBLAS, " + kernel.stringValue());
            complete = fields.toString();
        }
        return read(file, OptionalInt.empty(), complete, Provenance.class);
    }

    private static <T> T read(Path file, OptionalInt line, String json, Class<T> type) {
        try {
            T value = LINES.readValue(json, type);
            if (value == null) {
                throw new InvalidInputException(place(file, line.orElse(1)), "holds null");
            }
            return value;
        } catch (JacksonException e) {
            int at = line.orElseGet(() ->
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()));
            throw new InvalidInputException(
                    place(file, at),
                    "is not what a run writes: " + e.getOriginalMessage() + "; restore the file, or train again");
        }
    }

    private static <T> T convert(String where, Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    where, "is not what a run writes: " + e.getMessage() + "; restore the file, or train again");
        }
    }

    private static String place(Path file, int line) {
        return file + ":" + line;
    }

    /**
     * A split in the file: each metric is a plain number under its name, and the counts of all metrics are separate.
     *
     * <p>So {@code .test.auc} is a plain number for every JSON reader.
     */
    private static JsonNode split(SplitMetrics metrics) {
        Map<String, @Nullable Object> split = new LinkedHashMap<>();
        Map<String, Object> counts = new LinkedHashMap<>();
        metrics.all().forEach((metric, measurement) -> {
            split.put(
                    metric.key(),
                    measurement.value().isPresent() ? measurement.value().getAsDouble() : null);
            counts.put(
                    metric.key(),
                    measurement.lists() == 0
                            ? new Counts(measurement.samples(), measurement.positives())
                            : new ListCounts(measurement.samples(), measurement.positives(), measurement.lists()));
        });
        split.put("counts", counts);
        return LINES.valueToTree(split);
    }

    private static SplitMetrics split(JsonNode split) {
        Map<SampleMetric, Measurement> all = new EnumMap<>(SampleMetric.class);
        for (Map.Entry<String, JsonNode> entry : split.properties()) {
            String name = entry.getKey();
            if (name.equals("counts")) {
                continue;
            }
            SampleMetric metric = SampleMetric.of(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "metric '" + name + "' is unknown; known are: " + SampleMetric.keys()));
            JsonNode counts = split.path("counts").path(name);
            JsonNode value = entry.getValue();
            if (!(value.isNumber() || value.isNull())
                    || !counts.path("samples").isInt()
                    || !counts.path("positives").isInt()) {
                throw new IllegalArgumentException("metric '" + name + "' has no number or no counts");
            }
            all.put(
                    metric,
                    new Measurement(
                            value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue()),
                            counts.path("samples").intValue(),
                            counts.path("positives").intValue(),
                            counts.path("impressions").asInt(0)));
        }
        return new SplitMetrics(all);
    }

    private record Counts(int samples, int positives) {}

    private record ListCounts(int samples, int positives, int impressions) {}

    private record MetricsFile(JsonNode validation, JsonNode test, int bestEpoch, int epochs) {}

    private record EpochLine(
            int epoch,
            double objectiveLoss,
            double guidanceLoss,
            double learningRate,
            JsonNode validation,
            Optional<GuidanceLine> guidance,
            double seconds,
            double samplesPerSecond) {
        static EpochLine of(EpochResult result) {
            return new EpochLine(
                    result.epoch(),
                    result.objectiveLoss(),
                    result.guidanceLoss(),
                    result.learningRate(),
                    split(result.validation()),
                    result.guidance().map(GuidanceLine::of),
                    result.seconds(),
                    result.samplesPerSecond());
        }

        EpochResult result() {
            return new EpochResult(
                    epoch,
                    objectiveLoss,
                    guidanceLoss,
                    learningRate,
                    split(validation),
                    guidance.map(line -> line.epoch(epoch)),
                    seconds,
                    samplesPerSecond);
        }
    }

    /** The keys of a guidance epoch in the file. */
    private record GuidanceLine(
            Map<String, Double> gateWeights,
            Map<String, Double> meanGateByRegion,
            double meanHinge,
            double violatedShare,
            double pairsPerStep,
            Optional<UseLine> teacherUse) {
        static GuidanceLine of(GuidanceEpoch epoch) {
            return new GuidanceLine(
                    epoch.weights(),
                    epoch.meanByRegion(),
                    epoch.meanHinge(),
                    epoch.violatedShare(),
                    epoch.pairsPerStep(),
                    epoch.teacherUse().map(UseLine::of));
        }

        GuidanceEpoch epoch(int number) {
            return new GuidanceEpoch(
                    number,
                    gateWeights,
                    meanGateByRegion,
                    meanHinge,
                    violatedShare,
                    pairsPerStep,
                    teacherUse.map(UseLine::use));
        }
    }

    /** Where the teacher's scores are used, in the file. */
    private record UseLine(int users, double gain, double error, Map<String, StratumLine> strata) {
        static UseLine of(TeacherUse use) {
            Map<String, StratumLine> strata = new LinkedHashMap<>();
            use.strata()
                    .forEach(part -> strata.put(
                            part.stratum().label(),
                            new StratumLine(
                                    part.evidence().gain(), part.evidence().error(), part.used())));
            return new UseLine(
                    use.overall().users(), use.overall().gain(), use.overall().error(), strata);
        }

        TeacherUse use() {
            List<TeacherUse.StratumUse> parts = new ArrayList<>();
            strata.forEach((label, line) -> parts.add(new TeacherUse.StratumUse(
                    Stratum.of(label), new TeacherUse.Evidence(users, line.gain(), line.error()), line.used())));
            return new TeacherUse(new TeacherUse.Evidence(users, gain, error), parts);
        }
    }

    private record StratumLine(double gain, double error, boolean used) {}
}
