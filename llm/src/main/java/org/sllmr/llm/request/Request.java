// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

/**
 * One question about one user.
 *
 * @param key identifies the request
 * @param user user index
 * @param pass number of the pass, 0 or more
 * @param chunk number of the part of the user's candidates, 0 or more
 * @param candidates item indices in the order in which they are shown
 */
public record Request(RequestKey key, int user, int pass, int chunk, int[] candidates) {}
