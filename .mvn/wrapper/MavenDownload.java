// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches the Maven that the wrapper's properties name, once, checks it, unpacks it, and prints its folder.
 *
 * <p>Run as a source file by {@code mvnw}, so that building needs nothing but a JDK: no curl, no unzip.
 */
final class MavenDownload {
    private static final int ATTEMPTS = 3;

    private MavenDownload() {}

    /** Takes the properties file and the home folder, which may be empty. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            System.out.println(provide(Path.of(arguments[0]), arguments[1]));
        } catch (IOException e) {
            System.err.println("mvnw: Maven could not be fetched: " + e.getMessage());
            System.err.println("mvnw: install Maven 3.8.1 or newer and put it on the PATH,"
                    + " or set MVNW_REPOURL to a Maven repository that can be reached from here.");
            System.exit(1);
        }
    }

    private static Path provide(Path propertiesFile, String home) throws IOException, InterruptedException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(propertiesFile)) {
            properties.load(in);
        }
        String version = properties.getProperty("version");
        String name = "apache-maven-" + version;
        Path folder = Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".m2", "wrapper", "dists", name);
        if (Files.isExecutable(folder.resolve("bin/mvn"))) {
            return folder;
        }
        URI address = address(properties, version, name + "-bin.zip");
        System.err.println("mvnw: fetching Maven " + version + " from " + address + " ...");
        Files.createDirectories(folder.getParent());
        // Beside its final place, so that a stopped download leaves nothing that looks complete.
        Path work = Files.createTempDirectory(folder.getParent(), ".download");
        try {
            Path zip = work.resolve("maven.zip");
            download(address, zip);
            verify(zip, properties.getProperty("sha512"), address);
            Path unpacked = work.resolve("unpacked");
            unpack(zip, unpacked);
            move(unpacked.resolve(name), folder);
        } finally {
            delete(work);
        }
        return folder;
    }

    private static URI address(Properties properties, String version, String file) throws IOException {
        String repository = System.getenv("MVNW_REPOURL");
        String address = repository == null || repository.isBlank()
                ? properties.getProperty("distributions") + "/" + version + "/binaries/" + file
                : repository.replaceAll("/+$", "") + "/org/apache/maven/apache-maven/" + version + "/" + file;
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            throw new IOException(address + " is not an address that starts with https:// or http://");
        }
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IOException(address + " is not an address", e);
        }
    }

    private static void download(URI address, Path zip) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(5)).build();
        for (int attempt = 1; ; attempt++) {
            try {
                int status =
                        client.send(request, HttpResponse.BodyHandlers.ofFile(zip)).statusCode();
                if (status == 200) {
                    return;
                }
                if (status < 500) {
                    throw new NoSuchAddress(address + " answered " + status);
                }
                throw new IOException(address + " answered " + status);
            } catch (NoSuchAddress e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(address + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
                }
                Thread.sleep(1000L * attempt);
            }
        }
    }

    private static void verify(Path zip, String expected, URI address) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(zip)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(expected)) {
            throw new IOException("the file from " + address + " has SHA-512 " + actual + ", expected " + expected);
        }
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("the archive has an entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.copy(in, target);
                // A zip stream does not tell permissions.
                if (List.of("mvn", "mvnDebug", "mvnyjp").contains(target.getFileName().toString())
                        && !target.toFile().setExecutable(true)) {
                    throw new IOException(target + " cannot be made executable");
                }
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to);
        } catch (FileAlreadyExistsException e) {
            // Another build was quicker.
            if (!Files.isExecutable(to.resolve("bin/mvn"))) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** An answer that trying again will not change. */
    private static final class NoSuchAddress extends IOException {
        private static final long serialVersionUID = 1L;

        NoSuchAddress(String message) {
            super(message);
        }
    }
}
