// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Writable;

/** Checks that the program's folders are writable, by writing a file. */
final class WriteAccess {
    /** Each process unpacks the native libraries that it needs into the temporary folder: up to about 100 MiB. */
    private static final long NEEDED = 512L << 20;

    private WriteAccess() {}

    /** The findings for the folders that the program writes to. */
    static List<Finding> findings(Machine machine) {
        List<Finding> findings = new ArrayList<>();
        findings.add(finding("Working folder", Path.of(""), "change to a folder of your own"));
        findings.add(finding(
                "Temporary folder",
                Path.of(machine.properties().getOrDefault("java.io.tmpdir", "/tmp")),
                "set SLLMR_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER"));
        String home = machine.properties().getOrDefault("user.home", "");
        String caches = machine.environment().getOrDefault("XDG_CACHE_HOME", home + "/.cache");
        Finding cache = finding("Cache", Path.of(caches, "sllmr"), "set XDG_CACHE_HOME to a folder of your own");
        findings.add(
                cache.status() == Finding.Status.FAILURE
                        ? Finding.warning(
                                cache.check(), cache.found() + ": vectors of item texts are not kept", cache.remedy())
                        : cache);
        return findings;
    }

    static Finding finding(String check, Path folder, String remedy) {
        Path absolute = folder.toAbsolutePath();
        Path existing = Writable.nearest(absolute);
        try {
            Writable.probe(existing);
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = absolute + ", " + MachineChecks.size(free) + " free";
            return free >= NEEDED
                    ? Finding.ok(check, found)
                    : Finding.warning(check, found, "free some space, or " + remedy);
        } catch (IOException e) {
            return Finding.failure(check, absolute + ": cannot be written to (" + Reason.of(e) + ")", remedy);
        }
    }
}
