// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

/**
 * A file of texts that a model read, as it was when the run began.
 *
 * @param kind what the texts are about, such as {@code item-knowledge}
 * @param file name of the file, without folders
 * @param fileHash SHA-256 of the file
 */
public record TextSource(String kind, String file, String fileHash) {}
