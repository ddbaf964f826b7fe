// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.store;

import java.time.Instant;
import java.util.Optional;
import org.sllmr.teacher.request.RequestOrigin;

/**
 * One start of a scoring run.
 *
 * @param started when
 * @param origin what its requests are made from
 * @param passes how often each candidate is asked about
 * @param requests number of requests of all passes, those answered before included
 * @param promptPrice price of a million prompt tokens
 * @param replyPrice price of a million reply tokens
 * @param budget most money that all runs of the store may spend, if there is a limit
 */
public record RunRecord(
        Instant started,
        RequestOrigin origin,
        int passes,
        int requests,
        double promptPrice,
        double replyPrice,
        Optional<Double> budget) {}
