// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

/**
 * One question.
 *
 * @param key identifies the request
 * @param user user index; -1 if the question is about no user
 * @param pass number of the pass, 0 or more
 * @param chunk number of the part of the user's candidates, 0 or more; for a text the number of its subject
 * @param candidates item indices in the order in which they are shown; for a text the item that it is about, if any
 */
public record Request(RequestKey key, int user, int pass, int chunk, int[] candidates) {}
