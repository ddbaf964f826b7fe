// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

/** How a backbone takes a vector that a network makes of a row besides its fields. */
public enum AddedInput {
    /** As one more field, mapped to the width of an embedding if it is of another one. */
    AS_FIELD,
    /** Behind the fields in {@code GraphBuilder.fields}, which then is no multiple of an embedding. */
    BESIDE_FIELDS,
    /** Where the backbone asks for it by {@code GraphBuilder.withAdded}, and as a linear term of the logit. */
    DEEP
}
