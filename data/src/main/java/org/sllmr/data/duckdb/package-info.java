/** The one door to DuckDB: paths and names reach it as what they are, whatever they hold. */
@NullMarked
package org.sllmr.data.duckdb;

import org.jspecify.annotations.NullMarked;
