// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.sllmr.configuration.InvalidInputException;

/** The parameters of {@link SllmrModel}, which are stored with it. */
abstract class ModelParams extends Model<SllmrModel> {
    private static final String NAN = "nan";
    private static final String DROP = "drop";

    private final String uid;
    private final Param<String> userCol;
    private final Param<String> itemCol;
    private final Param<String> predictionCol;
    private final Param<String> historyCol;
    private final Param<String> coldStartStrategy;
    private final BooleanParam includeSeen;
    private final StringArrayParam allow;
    private final StringArrayParam deny;
    private final StringArrayParam shares;

    ModelParams(String uid) {
        // The parameters ask for it.
        this.uid = uid;
        userCol = new Param<>(this, "userCol", "column of users' ids: texts or whole numbers");
        itemCol = new Param<>(this, "itemCol", "column of items' ids: texts or whole numbers");
        predictionCol = new Param<>(this, "predictionCol", "column for scores");
        historyCol =
                new Param<>(this, "historyCol", "column of histories: arrays of items' ids as texts, the oldest first");
        coldStartStrategy = new Param<>(
                this,
                "coldStartStrategy",
                "what becomes of rows without a score: nan (keep them) or drop (remove them)",
                ParamValidators.inArray(List.of(NAN, DROP)));
        includeSeen = new BooleanParam(this, "includeSeen", "whether items of the history may be recommended");
        allow = new StringArrayParam(this, "allow", "field=value: an item must have a value of each field named");
        deny = new StringArrayParam(this, "deny", "field=value: an item must have none of the values");
        shares = new StringArrayParam(
                this, "shares", "field=share: the largest share of the recommendations that one value may have");
        setDefault(userCol, "user");
        setDefault(itemCol, "item");
        setDefault(predictionCol, "prediction");
        setDefault(coldStartStrategy, NAN);
        setDefault(includeSeen, false);
        String[] none = {};
        setDefault(allow, none);
        setDefault(deny, none);
        setDefault(shares, none);
    }

    abstract SllmrModel self();

    private <T> SllmrModel with(Param<T> param, T value) {
        set(param, value);
        return self();
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The column of users' ids: texts or whole numbers; {@code user} unless set. */
    public Param<String> userCol() {
        return userCol;
    }

    /** Sets {@link #userCol}. */
    public SllmrModel setUserCol(String column) {
        return with(userCol, column);
    }

    /** The value of {@link #userCol}. */
    public String getUserCol() {
        return getOrDefault(userCol);
    }

    /** The column of items' ids: texts or whole numbers; {@code item} unless set. */
    public Param<String> itemCol() {
        return itemCol;
    }

    /** Sets {@link #itemCol}. */
    public SllmrModel setItemCol(String column) {
        return with(itemCol, column);
    }

    /** The value of {@link #itemCol}. */
    public String getItemCol() {
        return getOrDefault(itemCol);
    }

    /** The column for scores; {@code prediction} unless set. */
    public Param<String> predictionCol() {
        return predictionCol;
    }

    /** Sets {@link #predictionCol}. */
    public SllmrModel setPredictionCol(String column) {
        return with(predictionCol, column);
    }

    /** The value of {@link #predictionCol}. */
    public String getPredictionCol() {
        return getOrDefault(predictionCol);
    }

    /** The column of histories, arrays of items' ids; the bundle's histories unless set. */
    public Param<String> historyCol() {
        return historyCol;
    }

    /** Sets {@link #historyCol}. */
    public SllmrModel setHistoryCol(String column) {
        return with(historyCol, column);
    }

    /** The value of {@link #historyCol}; empty for the bundle's histories. */
    public String getHistoryCol() {
        return isSet(historyCol) ? getOrDefault(historyCol) : "";
    }

    /** What becomes of rows without a score: {@code nan}, the default, keeps them with NaN, {@code drop} removes them. */
    public Param<String> coldStartStrategy() {
        return coldStartStrategy;
    }

    /**
     * Sets {@link #coldStartStrategy}.
     *
     * @param strategy {@code nan} or {@code drop}
     */
    public SllmrModel setColdStartStrategy(String strategy) {
        String known = strategy.toLowerCase(Locale.ROOT);
        if (!known.equals(NAN) && !known.equals(DROP)) {
            throw new InvalidInputException("coldStartStrategy", "is '" + strategy + "', allowed are nan and drop");
        }
        return with(coldStartStrategy, known);
    }

    /** The value of {@link #coldStartStrategy}. */
    public String getColdStartStrategy() {
        return getOrDefault(coldStartStrategy);
    }

    final boolean drops() {
        return getColdStartStrategy().equals(DROP);
    }

    /** Whether items of the history may be recommended; no unless set. */
    public BooleanParam includeSeen() {
        return includeSeen;
    }

    /** Sets {@link #includeSeen}. */
    public SllmrModel setIncludeSeen(boolean included) {
        return with(includeSeen, included);
    }

    /** The value of {@link #includeSeen}. */
    public boolean getIncludeSeen() {
        return Boolean.TRUE.equals(getOrDefault(includeSeen));
    }

    /** Values of which an item must have one, each as {@code field=value}. */
    public StringArrayParam allow() {
        return allow;
    }

    /** Sets {@link #allow}, by field. */
    public SllmrModel setAllow(Map<String, Set<String>> values) {
        return with(allow, pairs(values));
    }

    /** The value of {@link #allow}, by field. */
    public Map<String, Set<String>> getAllow() {
        return values(getOrDefault(allow));
    }

    /** Values of which an item must have none, each as {@code field=value}. */
    public StringArrayParam deny() {
        return deny;
    }

    /** Sets {@link #deny}, by field. */
    public SllmrModel setDeny(Map<String, Set<String>> values) {
        return with(deny, pairs(values));
    }

    /** The value of {@link #deny}, by field. */
    public Map<String, Set<String>> getDeny() {
        return values(getOrDefault(deny));
    }

    /** The largest share of the recommendations that one value of a field may have, each as {@code field=share}. */
    public StringArrayParam shares() {
        return shares;
    }

    /** Sets {@link #shares}, by field: above 0, up to 1. */
    public SllmrModel setShares(Map<String, Double> largest) {
        return with(
                shares,
                largest.entrySet().stream()
                        .map(share -> pair(share.getKey(), share.getValue().toString()))
                        .sorted()
                        .toArray(String[]::new));
    }

    /** The value of {@link #shares}, by field. */
    public Map<String, Double> getShares() {
        Map<String, Double> largest = new HashMap<>();
        each(getOrDefault(shares), (field, share) -> largest.put(field, Double.valueOf(share)));
        return largest;
    }

    private static String[] pairs(Map<String, Set<String>> values) {
        return values.entrySet().stream()
                .flatMap(rule -> rule.getValue().stream().map(value -> pair(rule.getKey(), value)))
                .sorted()
                .toArray(String[]::new);
    }

    private static String pair(String field, String value) {
        if (field.indexOf('=') >= 0) {
            throw new InvalidInputException("'" + field + "'", "has a '=', which a field's name cannot have here");
        }
        return field + "=" + value;
    }

    private static Map<String, Set<String>> values(String... pairs) {
        Map<String, Set<String>> values = new HashMap<>();
        each(
                pairs,
                (field, value) ->
                        values.computeIfAbsent(field, key -> new TreeSet<>()).add(value));
        return values;
    }

    private static void each(String[] pairs, BiConsumer<String, String> receiver) {
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new InvalidInputException("'" + pair + "'", "has no '='; rules are of the form field=value");
            }
            receiver.accept(pair.substring(0, equals), pair.substring(equals + 1));
        }
    }
}
