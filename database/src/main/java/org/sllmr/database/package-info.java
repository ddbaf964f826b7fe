/** The only place that opens DuckDB: paths and names are passed to it literally, whatever characters they contain. */
@NullMarked
package org.sllmr.database;

import org.jspecify.annotations.NullMarked;
