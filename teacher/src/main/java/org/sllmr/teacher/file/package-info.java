// SPDX-License-Identifier: Apache-2.0
/** The one binary layout of what this module keeps, a JSON header and checked columns, and the hash that names contents. */
@NullMarked
package org.sllmr.teacher.file;

import org.jspecify.annotations.NullMarked;
