// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/** Why a run ended. */
public enum AskingEnd {
    /** Every request was answered, or asked as often as the settings allow. */
    DONE,
    /** The next request could have cost more than what was left of the budget. */
    BUDGET,
    /** The provider did not come back in time. */
    PROVIDER_DOWN,
    /** The provider refuses for a reason that waiting does not change, such as a bad key. */
    REFUSED,
    /** The model's replies hold no usable scores. */
    USELESS
}
