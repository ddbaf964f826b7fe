// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

/** The format of the rows of a file. */
public enum TableFormat {
    /** One row per line with delimited columns, which the first line names; may be compressed. */
    DELIMITED,
    /** Apache Parquet. */
    PARQUET,
    /** One JSON object per line; may be compressed. */
    JSON_LINES,
    /** One Python dictionary per line, as in the metadata of the Amazon 2014 data; may be compressed. */
    PYTHON_LINES
}
