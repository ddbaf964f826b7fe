// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary paths of files and folders that are moved to their place when complete, and the removal of those that a
 * killed process left.
 */
public final class Unfinished {
    private static final String INFIX = ".unfinished-";
    private static final Pattern SUFFIX = Pattern.compile("([0-9a-f]+)-([0-9]+)-[0-9a-f]+");
    private static final String HOST = host();
    /** Clocks give two threads the same time now and then. */
    private static final AtomicLong CALLS = new AtomicLong(System.nanoTime());

    private Unfinished() {}

    /**
     * A hidden path in the same folder, so that moving it is atomic.
     *
     * <p>Nothing is created: the caller creates an ordinary file or folder which, unlike a temporary one of the JDK,
     * gets the usual permissions. The name differs between machines, processes, and calls.
     *
     * @param target an absolute path that is not a root
     */
    public static Path beside(Path target) {
        return target.resolveSibling("." + target.getFileName() + INFIX + HOST + "-"
                + ProcessHandle.current().pid() + "-" + Long.toHexString(CALLS.getAndIncrement()));
    }

    /**
     * Removes the unfinished files and folders of a target whose processes, on this machine, no longer run.
     *
     * <p>Those of running processes stay, and so do those of other machines or containers that share the folder.
     */
    public static void clear(Path target) {
        clear(target, Unfinished::isLeftover);
    }

    /**
     * Removes all unfinished files and folders of a target that the caller has locked: their processes no longer run.
     */
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
            // A folder that cannot be listed may still be writable; the leftovers only take space.
        }
    }

    private static boolean isLeftover(String suffix) {
        Matcher matcher = SUFFIX.matcher(suffix);
        if (!matcher.matches() || !matcher.group(1).equals(HOST)) {
            return false;
        }
        long pid = Long.parseLong(matcher.group(2));
        return pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
    }

    /** Tells machines and containers apart, because process ids are only valid within one of them. */
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
