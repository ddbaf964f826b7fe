// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** Bad input, with every problem that was found; the command line prints them all and exits without a stack trace. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    /** Reports one or more problems. */
    public InvalidInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an invalid input has at least one problem");
        }
        this.problems = List.copyOf(problems);
    }

    /** Reports one problem. */
    public InvalidInputException(String where, String what) {
        this(List.of(new Problem(where, what)));
    }

    /** All problems, in the order in which they were found. */
    public List<Problem> problems() {
        return problems;
    }
}
