// SPDX-License-Identifier: Apache-2.0
/** What a user wrote, as a tree in which every part has its place (file and line). */
@NullMarked
package org.sllmr.configuration.document;

import org.jspecify.annotations.NullMarked;
