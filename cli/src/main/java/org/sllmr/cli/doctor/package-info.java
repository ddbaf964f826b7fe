// SPDX-License-Identifier: Apache-2.0
/** Whether this machine is set up well, and what to do where it is not. */
@NullMarked
package org.sllmr.cli.doctor;

import org.jspecify.annotations.NullMarked;
