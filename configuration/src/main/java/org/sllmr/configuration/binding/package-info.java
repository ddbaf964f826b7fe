// SPDX-License-Identifier: Apache-2.0
/**
 * From files, environment and command line to settings records, and back.
 *
 * <p>{@link org.sllmr.configuration.binding.SettingsReader} overrides a record's defaults with the sources;
 * {@link org.sllmr.configuration.binding.SettingsWriter} writes a record so that it reads back equal.
 */
@NullMarked
package org.sllmr.configuration.binding;

import org.jspecify.annotations.NullMarked;
