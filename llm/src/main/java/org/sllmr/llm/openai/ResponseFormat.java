// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

/** How JSON is requested from a server. */
public enum ResponseFormat {
    /** By the schema of the answer, which the server enforces. */
    JSON_SCHEMA,
    /** As any JSON object; the instructions describe it. */
    JSON_OBJECT,
    /** Not at all; the instructions describe it. */
    NONE
}
