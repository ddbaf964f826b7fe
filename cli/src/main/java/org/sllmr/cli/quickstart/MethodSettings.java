// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

/**
 * A method of the comparison.
 *
 * @param name its name in tables, such as {@code S-LLMR}
 * @param file its name in paths
 * @param backbone name of the backbone
 * @param configuration its complete configuration as YAML, except the seed, which every run sets
 */
record MethodSettings(String name, String file, String backbone, String configuration) {}
