// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.util.List;

/** The tables of a store. */
final class Tables {
    /** Their version; up to version 2, a request's key did not cover the history that is shown. */
    static final int FORMAT = 3;

    private static final int BEFORE_HISTORIES = 2;

    /** The statements that create them. */
    static final List<String> ALL = List.of(
            "CREATE TABLE store(format INTEGER, merged BIGINT)",
            "INSERT INTO store VALUES (" + FORMAT + ", 0)",
            "CREATE TABLE run(number INTEGER, started TIMESTAMP, provider VARCHAR, model VARCHAR,"
                    + " model_settings VARCHAR, address VARCHAR, form VARCHAR, form_hash VARCHAR, candidates INTEGER,"
                    + " passes INTEGER, requests INTEGER, plan_hash VARCHAR, dataset VARCHAR, dataset_hash VARCHAR,"
                    + " prompt_price DOUBLE, reply_price DOUBLE, budget DOUBLE, adaptations VARCHAR)",
            attempt("attempt"),
            score("score"));

    private Tables() {}

    /** The message for tables of another version. */
    static String refusal(int format) {
        return format <= BEFORE_HISTORIES
                ? "has answers of an earlier version (store format " + format
                        + "), which could show the model held-out interactions when it asked in batches; they are no longer"
                        + " used. Ask again with a new store: name another --store or --out. The old answers can still be read"
                        + " with DuckDB"
                : "was made by a newer version (store format " + format + "); use that one, or another store";
    }

    /** The statement that creates a table of attempts. */
    static String attempt(String name) {
        return "CREATE TABLE " + name + "(run INTEGER, key VARCHAR, \"user\" INTEGER, pass INTEGER, chunk INTEGER,"
                + " candidates INTEGER[], number INTEGER, started TIMESTAMP, latency_ms DOUBLE, cost DOUBLE,"
                + " outcome VARCHAR, detail VARCHAR, text VARCHAR, finish VARCHAR, prompt_tokens INTEGER,"
                + " reply_tokens INTEGER, first_token VARCHAR)";
    }

    /** The statement that creates a table of scores. */
    static String score(String name) {
        return "CREATE TABLE " + name + "(\"user\" INTEGER, item INTEGER, pass INTEGER, chunk INTEGER,"
                + " position INTEGER, candidates INTEGER, score FLOAT)";
    }
}
