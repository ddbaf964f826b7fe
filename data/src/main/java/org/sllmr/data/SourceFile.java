// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * A file that a dataset was made from.
 *
 * @param name file name without its folder
 * @param size bytes
 * @param sha256 hash of the bytes as stored (of the compressed ones, for a compressed file), hexadecimal
 */
public record SourceFile(String name, long size, String sha256) {}
