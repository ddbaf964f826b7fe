// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark;

import java.util.Arrays;
import java.util.stream.Stream;

/** Starts a command below {@code sllmr spark}: what {@code spark-submit} calls. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        org.sllmr.cli.Main.main(
                Stream.concat(Stream.of("spark"), Arrays.stream(arguments)).toArray(String[]::new));
    }
}
