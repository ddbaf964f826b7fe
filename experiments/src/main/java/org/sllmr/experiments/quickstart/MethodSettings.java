// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.quickstart;

/**
 * One of the methods that are compared.
 *
 * @param name its name in tables, such as {@code S-LLMR}
 * @param backbone name of the backbone
 * @param configuration its complete configuration as YAML, without the seed
 */
public record MethodSettings(String name, String backbone, String configuration) {}
