/** DuckDB is opened here and nowhere else: paths and names reach it literally, whatever characters they hold. */
@NullMarked
package org.sllmr.database;

import org.jspecify.annotations.NullMarked;
