// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates of servers, signed by an authority of the test's own; made with the JDK's keytool. */
final class Certificates {
    static final String PASSWORD = "of-the-key-store";
    private static final String AUTHORITY = "authority";

    private final Path file;
    private final KeyStore keys;

    Certificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        file = folder.resolve("keys.p12");
        make(folder, AUTHORITY, "-ext", "bc=ca:true");
        make(folder, "right", "-signer", AUTHORITY, "-ext", "san=ip:127.0.0.1");
        make(
                folder,
                "expired",
                "-signer",
                AUTHORITY,
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                "-10d",
                "-validity",
                "5");
        make(folder, "elsewhere", "-signer", AUTHORITY, "-ext", "san=dns:elsewhere.example");
        keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private void make(Path folder, String alias, String... further) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(further));
        Path output = folder.resolve("keytool.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    }

    /** For a server with one of the certificates: right, expired, or elsewhere. */
    Optional<SSLContext> server(String alias) throws GeneralSecurityException, IOException {
        KeyStore own = empty();
        own.setKeyEntry(
                alias,
                keys.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                keys.getCertificateChain(alias));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return Optional.of(context);
    }

    /** For clients that trust the authority. */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(authority());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Writes what a client needs in order to trust the authority. */
    Path write(Path target) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            authority().store(out, PASSWORD.toCharArray());
        }
        return target;
    }

    private KeyStore authority() throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(AUTHORITY, keys.getCertificate(AUTHORITY));
        return trusted;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD.toCharArray());
        return store;
    }
}
