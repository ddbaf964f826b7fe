// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

/** How a server is told that the answer is JSON. */
public enum ResponseFormat {
    /** By the schema of the answer, which the server then keeps to. */
    JSON_SCHEMA,
    /** By asking for any JSON object; the instructions say which. */
    JSON_OBJECT,
    /** Not at all; the instructions say it. */
    NONE
}
