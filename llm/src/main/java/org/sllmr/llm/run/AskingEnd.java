// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/** Why a run ended. */
public enum AskingEnd {
    /** Every request was answered or reached its maximum number of attempts. */
    DONE,
    /** The next request could have exceeded the budget. */
    BUDGET,
    /** The provider was down for too long. */
    PROVIDER_DOWN,
    /** The provider refused permanently, such as for a bad key. */
    REFUSED,
    /** The model's replies were not usable. */
    USELESS
}
