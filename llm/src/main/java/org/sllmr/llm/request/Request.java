// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

/**
 * One question about one user.
 *
 * @param key names it
 * @param user user index
 * @param pass how often the user's candidates were asked about before, 0 or more
 * @param chunk which part of the user's candidates, 0 or more
 * @param candidates item indices in the order in which they are shown
 */
public record Request(RequestKey key, int user, int pass, int chunk, int[] candidates) {}
