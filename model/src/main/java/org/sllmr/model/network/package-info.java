/** The native half of a model: a backbone with its parameters, gradients and optimizer. */
@NullMarked
package org.sllmr.model.network;

import org.jspecify.annotations.NullMarked;
