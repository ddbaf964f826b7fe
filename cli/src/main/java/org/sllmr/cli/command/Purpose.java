// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

/** The purpose of a command. The help lists commands under these headings, in this order. */
public enum Purpose {
    /** The first steps. */
    START("Start here"),
    /** From files to datasets. */
    DATA("Data"),
    /** A teacher's scores. */
    TEACHER("Teacher"),
    /** Training, evaluating and comparing. */
    MODELS("Models"),
    /** From a run to recommendations. */
    SERVICE("Service"),
    /** Many runs. */
    EXPERIMENTS("Experiments"),
    /** Jobs on a cluster. */
    CLUSTER("Many machines"),
    /** What the machine can do. */
    SETUP("This machine");

    private final String heading;

    Purpose(String heading) {
        this.heading = heading;
    }

    /** The heading in the help. */
    public String heading() {
        return heading;
    }
}
