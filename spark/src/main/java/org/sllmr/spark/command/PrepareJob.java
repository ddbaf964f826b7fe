// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sllmr.cli.spark.SparkJobs.Preparing;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Manifest;
import org.sllmr.preparation.read.Encoding;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.spark.preparation.SparkPreparation;
import org.sllmr.spark.preparation.TableSource;

/** Opens the tables that a job names, and prepares a dataset from them. */
final class PrepareJob {
    private static final String CSV = "csv";
    private static final String JDBC = "jdbc";
    private static final Set<String> DIVIDING = Set.of("partitioncolumn", "lowerbound", "upperbound", "numpartitions");
    private static final Set<String> OF_FILES = Set.of("parquet", CSV, "json", "orc");

    private PrepareJob() {}

    static Manifest run(SparkSession session, Preparing job, ProgressListener listener) {
        SourceSettings sources = job.settings().sources();
        SparkPreparation.Tables tables = new SparkPreparation.Tables(
                open(session, job, job.interactions(), sources.interactions().file(), job.order()),
                job.items()
                        .map(name -> open(
                                session,
                                job,
                                name,
                                sources.items().orElseThrow().file(),
                                List.of())),
                job.users()
                        .map(name -> open(
                                session,
                                job,
                                name,
                                sources.users().orElseThrow().file(),
                                List.of())));
        return SparkPreparation.run(tables, job.settings(), job.out(), job.replace(), listener);
    }

    private static TableSource open(
            SparkSession session, Preparing job, String name, TableFile file, List<String> order) {
        String format = job.format().orElseGet(() -> byName(name)).toLowerCase(Locale.ROOT);
        try {
            if (OF_FILES.contains(format) && order.isEmpty()) {
                return TableSource.files(
                        session, format, options(format, name, job, file), name, columns(format, file));
            }
            return TableSource.of(name, rows(session, format, job, name, file), order);
        } catch (RuntimeException e) {
            throw unreadable(name, e);
        } catch (Exception e) {
            // Spark's AnalysisException, which its methods do not declare.
            throw unreadable(name, e);
        }
    }

    private static Dataset<Row> rows(SparkSession session, String format, Preparing job, String name, TableFile file) {
        return switch (format) {
            case "table" -> session.read().options(job.options()).table(name);
            case JDBC ->
                session.read()
                        .format(format)
                        .options(name.equals(job.interactions()) ? job.options() : undivided(job.options()))
                        .option("dbtable", name)
                        .load();
            default ->
                TableSource.read(session, format, options(format, name, job, file), columns(format, file))
                        .load(name);
        };
    }

    /** Items and users are read by one task: they have not the columns by which interactions are divided among several. */
    private static Map<String, String> undivided(Map<String, String> options) {
        Map<String, String> others = new HashMap<>(options);
        others.keySet().removeIf(key -> DIVIDING.contains(key.toLowerCase(Locale.ROOT)));
        return others;
    }

    private static String byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|bz2|zst)$", "");
        for (String format : OF_FILES) {
            if (lower.endsWith("." + format)) {
                return format;
            }
        }
        if (lower.endsWith(".tsv")) {
            return CSV;
        } else if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return "json";
        }
        throw new InvalidInputException(
                name,
                "has a name that does not tell its format; name it (--format parquet, csv, json, orc, jdbc, table)");
    }

    /** Delimited text as one machine reads it; options that are given take precedence. */
    private static Map<String, String> options(String format, String name, Preparing job, TableFile file) {
        Map<String, String> options = new HashMap<>();
        if (format.equals(CSV)) {
            boolean tabs = name.contains(".tsv");
            // None at all is an empty text, for one machine and for Spark.
            String quote = file.quote().orElse(tabs ? "" : "\"");
            options.put("header", Boolean.toString(file.columns().isEmpty()));
            options.put("sep", file.delimiter().orElse(tabs ? "\t" : ","));
            options.put("quote", quote);
            // A quote within quotes is written twice.
            options.put("escape", quote);
            file.encoding()
                    .filter(encoding -> encoding == Encoding.LATIN_1)
                    .ifPresent(encoding -> options.put("encoding", "ISO-8859-1"));
        }
        options.putAll(job.options());
        return options;
    }

    private static StructType columns(String format, TableFile file) {
        StructType type = new StructType();
        if (format.equals(CSV)) {
            for (String column : file.columns()) {
                type = type.add(column, DataTypes.StringType);
            }
        }
        return type;
    }

    /** What is told of a table that Spark did not open. */
    static InvalidInputException unreadable(String name, Exception e) {
        if (e instanceof InvalidInputException invalid) {
            return invalid;
        }
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new InvalidInputException(name, "cannot be read by Spark: " + reason);
    }
}
