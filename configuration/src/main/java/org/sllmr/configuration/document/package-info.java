// SPDX-License-Identifier: Apache-2.0
/** What a user wrote, as a tree whose every part knows its place. */
@NullMarked
package org.sllmr.configuration.document;

import org.jspecify.annotations.NullMarked;
