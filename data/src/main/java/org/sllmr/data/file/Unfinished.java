// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where something is written before it is moved to its place, and what a process that was killed left there. */
public final class Unfinished {
    private static final String INFIX = ".unfinished-";
    private static final Pattern SUFFIX = Pattern.compile("([0-9a-f]+)-([0-9]+)-[0-9a-f]+");
    private static final String HOST = host();

    private Unfinished() {}

    /**
     * A hidden name in the same folder, so that moving it is one step of the file system.
     *
     * <p>Nothing is made there: whoever writes makes a usual file or folder, which unlike a temporary one may be read by
     * everybody who may read the folder. The name differs between machines, processes, and calls.
     *
     * @param target an absolute path that is not a root
     */
    public static Path beside(Path target) {
        return target.resolveSibling("." + target.getFileName() + INFIX + HOST + "-"
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()));
    }

    /**
     * Removes what processes of this machine that are gone had begun to write for a place.
     *
     * <p>What a process that still runs writes stays, and so does what another machine, or another container, writes into
     * a folder that is shared.
     */
    public static void clear(Path target) {
        clear(target, Unfinished::isLeft);
    }

    /** Removes all that was begun for a place that is locked: whoever began it is gone. */
    public static void clearLocked(Path target) {
        clear(target, suffix -> true);
    }

    private static void clear(Path target, Predicate<String> left) {
        Path place = target.toAbsolutePath().normalize();
        Path folder = place.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        String prefix = "." + place.getFileName() + INFIX;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String name = path.getFileName().toString();
                if (name.startsWith(prefix) && left.test(name.substring(prefix.length()))) {
                    Folders.delete(path);
                }
            }
        } catch (IOException unreadable) {
            // A folder that cannot be listed can still be written to; what is left there only takes space.
        }
    }

    private static boolean isLeft(String suffix) {
        Matcher matcher = SUFFIX.matcher(suffix);
        if (!matcher.matches() || !matcher.group(1).equals(HOST)) {
            return false;
        }
        long pid = Long.parseLong(matcher.group(2));
        return pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
    }

    /** Tells machines and containers apart: their process numbers mean nothing to each other. */
    private static String host() {
        String name;
        try {
            name = Files.readString(Path.of("/proc/sys/kernel/hostname"));
        } catch (IOException e) {
            name = System.getenv().getOrDefault("HOSTNAME", System.getenv().getOrDefault("COMPUTERNAME", ""));
        }
        return Integer.toHexString(name.strip().hashCode());
    }
}
