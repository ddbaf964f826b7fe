// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.request;

import org.sllmr.configuration.Checks;

/**
 * How a plan's candidates are divided into requests.
 *
 * @param candidates most candidates of one request, 1 to 1000; a form that allows fewer has its way
 * @param passes how often each candidate is asked about, each time in another order and beside other candidates, 1 to
 *     100; the scores are averaged, which evens out how much a place in the list counts
 */
public record RequestSettings(int candidates, int passes) {
    /** Checks the ranges. */
    public RequestSettings {
        new Checks()
                .between("candidates", candidates, 1, 1000)
                .between("passes", passes, 1, 100)
                .done();
    }

    /** 20 candidates a request, one pass. */
    public static RequestSettings defaults() {
        return new RequestSettings(20, 1);
    }
}
