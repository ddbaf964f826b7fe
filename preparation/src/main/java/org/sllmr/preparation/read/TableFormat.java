// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

/** How the rows of a file are written. */
public enum TableFormat {
    /** One row a line, columns between delimiters, the first line names them; may be gzipped. */
    DELIMITED,
    /** Apache Parquet. */
    PARQUET,
    /** One JSON object a line; may be gzipped. */
    JSON_LINES,
    /** One Python dictionary a line, as the metadata of the Amazon 2014 data are written; may be gzipped. */
    PYTHON_LINES
}
