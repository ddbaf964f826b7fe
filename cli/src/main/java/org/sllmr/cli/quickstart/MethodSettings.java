// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

/**
 * One of the methods that are compared.
 *
 * @param name its name in tables, such as {@code S-LLMR}
 * @param file its name in paths
 * @param backbone name of the backbone
 * @param configuration its complete configuration as YAML, but for the seed, which every run sets
 */
record MethodSettings(String name, String file, String backbone, String configuration) {}
