/** The one door to DuckDB: paths and names reach it as what they are, whatever they hold. */
@NullMarked
package org.sllmr.database;

import org.jspecify.annotations.NullMarked;
