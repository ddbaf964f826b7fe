// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

/** The purpose of a command. The help lists commands under these headings, in this order. */
public enum Purpose {
    START("Start here"),
    DATA("Data"),
    TEACHER("Teacher"),
    MODELS("Models"),
    SERVICE("Service"),
    EXPERIMENTS("Experiments"),
    CLUSTER("Many machines"),
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
