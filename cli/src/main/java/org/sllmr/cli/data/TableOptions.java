// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.DelimitedFileOptions;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.LabelSettings;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.TimeFormat;
import org.sllmr.preparation.read.UserSource;
import org.sllmr.preparation.read.VectorSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for tables and their columns. */
public final class TableOptions {
    private static final OptionNames ITEM_FIELDS = fields("--item-field");
    private static final OptionNames USER_FIELDS = fields("--user-field");
    private static final OptionNames INTERACTIONS = new OptionNames(Map.of(
            "split",
            "--context",
            "column",
            "--context",
            "name",
            "--context",
            "fields",
            "--context",
            "numbers",
            "--context-numbers",
            "positive",
            "--positive"));

    @Option(
            names = "--interactions",
            paramLabel = "FILE",
            description =
                    "One interaction in each row: tsv, csv, jsonl (also compressed: gz, zip, bz2, xz) or parquet, or"
                            + " a folder of parts.")
    private @Nullable Path interactions;

    @Option(names = "--user", paramLabel = "COLUMN", description = "Column of the user id.")
    private @Nullable String user;

    @Option(names = "--item", paramLabel = "COLUMN", description = "Column of the item id.")
    private @Nullable String item;

    @Option(names = "--time", paramLabel = "COLUMN", description = "Column of the time, which decides the order.")
    private @Nullable String time;

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            description = "seconds (since 1970; the default), milliseconds, microseconds, nanoseconds or iso; a Parquet"
                    + " column"
                    + " of type date or timestamp needs none.")
    private @Nullable TimeFormat timeFormat;

    @Option(
            names = "--position",
            paramLabel = "COLUMN",
            description = "Column of integers that decide the order instead of the time.")
    private @Nullable String position;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "Column of the label, 0 or 1: rows are samples as they are, and no negatives are drawn.")
    private @Nullable String label;

    @Option(
            names = "--positive",
            paramLabel = "COMPARISON",
            description = "Instead of --label: which rows are positives, such as 'rating >= 4'.")
    private @Nullable String positive;

    @Option(
            names = "--group",
            paramLabel = "COLUMN",
            description = "Column of the impression: rows that were shown together.")
    private @Nullable String group;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Earlier positives of users, for histories only; columns as in --interactions.")
    private @Nullable Path history;

    @Option(names = "--train", paramLabel = "FILE", description = "The training part, instead of --interactions.")
    private @Nullable Path train;

    @Option(names = "--validation", paramLabel = "FILE", description = "The validation part; goes with --train.")
    private @Nullable Path validation;

    @Option(names = "--test", paramLabel = "FILE", description = "The test part; goes with --train.")
    private @Nullable Path test;

    @Option(
            names = "--candidates",
            paramLabel = "FILE",
            description = "Items that were judged for each user, in the columns --user and --item; those in --test are"
                    + " the positives. Users are divided by folds.")
    private @Nullable Path candidates;

    @Option(
            names = "--context",
            arity = "1..*",
            paramLabel = "FIELD",
            description = "A field of the interaction, such as device.")
    private List<String> context = new ArrayList<>();

    @Option(names = "--items", paramLabel = "FILE", description = "One item in each row.")
    private @Nullable Path items;

    @Option(
            names = "--item-id",
            paramLabel = "COLUMN",
            description = "Column of the item id in --items; default: as --item.")
    private @Nullable String itemId;

    @Option(
            names = "--item-field",
            arity = "1..*",
            paramLabel = "FIELD",
            description = "A field of the item, such as brand.")
    private List<String> itemFields = new ArrayList<>();

    @Option(
            names = "--item-text",
            arity = "1..*",
            paramLabel = "COLUMN",
            description = "Text of the item that the teacher reads, such as title.")
    private List<String> itemTexts = new ArrayList<>();

    @Option(
            names = "--item-numbers",
            split = ",",
            paramLabel = "COLUMN",
            description = "Numbers of the item, such as price,weight.")
    private List<String> itemNumbers = List.of();

    @Option(
            names = "--item-vectors",
            split = ",",
            paramLabel = "COLUMN",
            description = "Vectors of the item: columns of lists of numbers, all of one length.")
    private List<String> itemVectors = List.of();

    @Option(
            names = "--item-vector-file",
            paramLabel = "FILE",
            description = "Vectors of the items in a file of their own, with the columns --item-id and"
                    + " --item-vector-column.")
    private @Nullable Path itemVectorFile;

    @Option(
            names = "--item-vector-column",
            paramLabel = "COLUMN",
            description = "Column of the vectors in --item-vector-file; default: vector.")
    private @Nullable String itemVectorColumn;

    @Option(names = "--users", paramLabel = "FILE", description = "One user in each row.")
    private @Nullable Path users;

    @Option(
            names = "--user-id",
            paramLabel = "COLUMN",
            description = "Column of the user id in --users; default: as --user.")
    private @Nullable String userId;

    @Option(
            names = "--user-field",
            arity = "1..*",
            paramLabel = "FIELD",
            description = "A field of the user, such as country.")
    private List<String> userFields = new ArrayList<>();

    @Option(
            names = "--user-numbers",
            split = ",",
            paramLabel = "COLUMN",
            description = "Numbers of the user, such as age.")
    private List<String> userNumbers = List.of();

    @Option(
            names = "--user-vectors",
            split = ",",
            paramLabel = "COLUMN",
            description = "Vectors of the user: columns of lists of numbers, all of one length.")
    private List<String> userVectors = List.of();

    @Option(
            names = "--context-numbers",
            split = ",",
            paramLabel = "COLUMN",
            description = "Numbers of the interaction, such as hour.")
    private List<String> contextNumbers = List.of();

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the columns of --interactions, if its first line is data, such as"
                    + " user,item,rating,time.")
    private List<String> columns = List.of();

    @Option(
            names = "--item-columns",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the columns of --items, if its first line is data.")
    private List<String> itemColumns = List.of();

    @Option(
            names = "--user-columns",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the columns of --users, if its first line is data.")
    private List<String> userColumns = List.of();

    @Mixin
    private DelimitedFileOptions form = new DelimitedFileOptions();

    private BiFunction<List<String>, TableFile, List<FieldSettings>> parser = FieldOption::parse;

    /** Which of these options were given. */
    public List<String> given() {
        Map<String, Boolean> options = new LinkedHashMap<>();
        options.put("--interactions", interactions != null);
        options.put("--user", user != null);
        options.put("--item", item != null);
        options.put("--time", time != null);
        options.put("--time-format", timeFormat != null);
        options.put("--position", position != null);
        options.put("--label", label != null);
        options.put("--positive", positive != null);
        options.put("--group", group != null);
        options.put("--history", history != null);
        options.put("--train", train != null);
        options.put("--validation", validation != null);
        options.put("--test", test != null);
        options.put("--candidates", candidates != null);
        options.put("--context", !context.isEmpty());
        options.put("--context-numbers", !contextNumbers.isEmpty());
        options.put("--items", items != null);
        options.put("--item-id", itemId != null);
        options.put("--item-field", !itemFields.isEmpty());
        options.put("--item-text", !itemTexts.isEmpty());
        options.put("--item-numbers", !itemNumbers.isEmpty());
        options.put("--item-vectors", !itemVectors.isEmpty());
        options.put("--item-vector-file", itemVectorFile != null);
        options.put("--item-vector-column", itemVectorColumn != null);
        options.put("--users", users != null);
        options.put("--user-id", userId != null);
        options.put("--user-field", !userFields.isEmpty());
        options.put("--user-numbers", !userNumbers.isEmpty());
        options.put("--user-vectors", !userVectors.isEmpty());
        options.put("--columns", !columns.isEmpty());
        options.put("--item-columns", !itemColumns.isEmpty());
        options.put("--user-columns", !userColumns.isEmpty());
        options.put("--delimiter", form.hasDelimiter());
        options.put("--quote", form.hasQuote());
        options.put("--encoding", form.hasEncoding());
        return options.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The problem of this combination of options, or "". */
    public String fault() {
        List<String> given = given();
        boolean labelled = label != null || positive != null;
        List<String> missing = Stream.of(train == null ? "--interactions" : "--train", "--user", "--item")
                .filter(option -> !given.contains(option) && !(labelled && option.equals("--user")))
                .toList();
        if (train != null && interactions != null) {
            return "--train and --interactions both name the training part; use one of them";
        } else if (candidates != null && (train == null || test == null || validation != null)) {
            return "--candidates needs --train and --test, and no --validation";
        } else if (candidates == null
                && ((train == null) != (validation == null) || (train == null) != (test == null))) {
            return "--train, --validation and --test go together: name all three, or --interactions alone";
        } else if (label != null && positive != null) {
            return "--label and --positive both say which rows are positives; use one of them";
        } else if (group != null && !labelled) {
            return "--group needs --label or --positive: without labels each row is a positive";
        } else if (!missing.isEmpty()) {
            return "with " + given.get(0) + ", also needed: " + String.join(", ", missing);
        } else if (time == null && position == null) {
            return "--time or --position is needed: one of the two columns must decide the order";
        } else if (items == null && !without(given, "--item-").isEmpty()) {
            return without(given, "--item-") + " needs --items FILE";
        } else if (itemVectorColumn != null && itemVectorFile == null) {
            return "--item-vector-column needs --item-vector-file FILE";
        } else if (users != null && user == null) {
            return "--users needs --user, the column of the user id in the interactions";
        }
        return withoutUsers(given);
    }

    private String withoutUsers(List<String> given) {
        String without = users == null ? without(given, "--user-") : "";
        return without.isEmpty() ? "" : without + " needs --users FILE";
    }

    /** The first option that says something of a file's columns. */
    private static String without(List<String> given, String prefix) {
        return given.stream()
                .filter(option -> option.startsWith(prefix))
                .findFirst()
                .orElse("");
    }

    /** The same of files that may be out of reach: where a column's name ends is not looked up in them. */
    public SourceSettings sourcesElsewhere() {
        parser = (options, file) -> options.stream()
                .map(option -> FieldOption.parse(option, List.of()))
                .toList();
        return sources();
    }

    /** The files and columns; {@link #fault()} must be empty. */
    public SourceSettings sources() {
        String itemColumn = Objects.requireNonNull(item);
        Path log = Objects.requireNonNull(train == null ? interactions : train);
        boolean labelled = label != null || positive != null;
        TableFile logFile = form.file(log, columns);
        return new SourceSettings(
                INTERACTIONS.in(() -> new InteractionSource(
                        logFile,
                        Optional.ofNullable(user),
                        itemColumn,
                        Optional.ofNullable(time),
                        Optional.ofNullable(position),
                        Optional.ofNullable(timeFormat),
                        parser.apply(context, logFile),
                        contextNumbers,
                        labelled
                                ? Optional.of(new LabelSettings(
                                        Optional.ofNullable(label),
                                        Optional.ofNullable(positive),
                                        Optional.ofNullable(group)))
                                : Optional.empty(),
                        new PartFiles(
                                Optional.ofNullable(history),
                                Optional.ofNullable(validation),
                                Optional.ofNullable(test),
                                Optional.ofNullable(candidates)))),
                Optional.ofNullable(items).map(path -> items(form.file(path, itemColumns), itemColumn)),
                Optional.ofNullable(users).map(path -> users(form.file(path, this.userColumns))));
    }

    private ItemSource items(TableFile file, String itemColumn) {
        String id = orElse(itemId, itemColumn);
        return ITEM_FIELDS.in(() -> new ItemSource(
                file,
                id,
                parser.apply(itemFields, file),
                itemTexts,
                itemNumbers,
                itemVectors,
                Optional.ofNullable(itemVectorFile)
                        .map(path ->
                                new VectorSource(form.file(path, List.of()), id, orElse(itemVectorColumn, "vector")))
                        .stream()
                        .toList()));
    }

    private UserSource users(TableFile file) {
        return USER_FIELDS.in(() -> new UserSource(
                file,
                userId == null ? Objects.requireNonNull(user) : userId,
                parser.apply(userFields, file),
                userNumbers,
                userVectors,
                List.of()));
    }

    private static String orElse(@Nullable String given, String other) {
        return given == null ? other : given;
    }

    private static OptionNames fields(String option) {
        String side = option.substring(0, option.lastIndexOf('-'));
        return new OptionNames(Map.of(
                "split",
                option,
                "column",
                option,
                "name",
                option,
                "numbers",
                side + "-numbers",
                "vectors",
                side + "-vectors",
                "vectorFiles",
                side + "-vector-file"));
    }
}
