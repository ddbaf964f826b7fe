// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.Sha256;

/** {@code -Dsllmr.flips=1000} flips as many bytes of each file of a bundle, one at a time. */
class BundleFormatTest {
    private static final int FLIPS = Integer.getInteger("sllmr.flips", 12);
    private static final BundleFixture FIXTURE = new BundleFixture();

    @TempDir
    Path folder;

    private static List<Path> files(Path bundle) throws IOException {
        try (Stream<Path> files = Files.list(bundle)) {
            return files.sorted().toList();
        }
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        Path one = FIXTURE.write(folder.resolve("one"), HistoryForm.HASHED, false);
        Path other = FIXTURE.write(folder.resolve("other"), HistoryForm.HASHED, false);
        assertThat(files(one)).hasSize(8);
        for (Path file : files(one)) {
            assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
        assertThat(FIXTURE.write(folder.resolve("one.zip"), HistoryForm.HASHED, true))
                .hasSameBinaryContentAs(FIXTURE.write(folder.resolve("other.zip"), HistoryForm.HASHED, true));
        assertThat(folder.toFile().list()).as("nothing is left beside").hasSize(4);
    }

    /** Of a bundle with a file for other engines, of which opening reads nothing. */
    @Test
    void aFlippedByteIsRefusedByName() throws IOException {
        Path bundle = withOtherFile(FIXTURE.write(folder.resolve("bundle"), HistoryForm.PLAIN, false));
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        int flips = 0;
        for (Path file : files(bundle)) {
            byte[] whole = Files.readAllBytes(file);
            for (int at : places(whole.length, FLIPS, random)) {
                flip(file, whole, at, random);
                assertThatThrownBy(() -> Recommender.open(bundle))
                        .as("seed %d, byte %d of %s", seed, at, file)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(bundle.toString());
                flips++;
            }
            Files.delete(file);
            if (file.endsWith("model.other")) {
                Recommender.open(bundle);
            } else {
                assertThatThrownBy(() -> Recommender.open(bundle))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(
                                file.endsWith("manifest.json")
                                        ? "is not a bundle"
                                        : file.getFileName().toString());
            }
            Files.write(file, whole);
        }
        Recommender.open(bundle);
        System.out.println(flips + " flipped bytes refused");
    }

    /** Places of a file, its first and last byte among them; all, if it is short. */
    private static int[] places(int length, int most, Random random) {
        return length <= most
                ? IntStream.range(0, length).toArray()
                : IntStream.concat(IntStream.of(0, length - 1), random.ints(most - 2L, 0, length))
                        .toArray();
    }

    private static void flip(Path file, byte[] whole, int at, Random random) throws IOException {
        byte[] broken = whole.clone();
        broken[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, broken);
    }

    private static Path withOtherFile(Path bundle) throws IOException {
        Path other = Files.write(bundle.resolve("model.other"), new byte[] {1, 2, 3, 4});
        Files.writeString(
                bundle.resolve(FolderChecksums.NAME),
                Sha256.of(other) + "  model.other\n",
                java.nio.file.StandardOpenOption.APPEND);
        return bundle;
    }

    /** Each byte of the name and of the line's end: the file that is listed no more must not go unchecked. */
    @Test
    void aFlippedByteInANameOfTheListIsRefused() throws IOException {
        Path bundle = withOtherFile(FIXTURE.write(folder.resolve("bundle"), HistoryForm.PLAIN, false));
        Path list = bundle.resolve(FolderChecksums.NAME);
        byte[] whole = Files.readAllBytes(list);
        for (int at = whole.length - "  model.other\n".length() - 1; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] broken = whole.clone();
                broken[at] ^= (byte) (1 << bit);
                Files.write(list, broken);
                assertThatThrownBy(() -> Recommender.open(bundle))
                        .as("bit %d of byte %d", bit, at)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(bundle.toString());
            }
        }
        Files.write(list, whole);
        Recommender.open(bundle);
    }

    @Test
    void aFlippedByteOfAZipIsRefusedByName() throws IOException {
        Path zip = FIXTURE.write(folder.resolve("bundle.zip"), HistoryForm.PLAIN, true);
        byte[] whole = Files.readAllBytes(zip);
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 5 * FLIPS; i++) {
            // Many bytes at the end are the zip's directory and the hash itself.
            int at = i % 2 == 0 ? random.nextInt(whole.length) : whole.length - 1 - random.nextInt(700);
            flip(zip, whole, at, random);
            assertThatThrownBy(() -> Recommender.open(zip))
                    .as("seed %d, byte %d", seed, at)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(zip.toString());
        }
        Files.write(zip, new byte[10]);
        assertThatThrownBy(() -> Recommender.open(zip)).hasMessageContaining(zip.toString());
        Files.write(zip, whole);
        Recommender.open(zip);
    }

    /** A good zip where the place for unpacking is at fault: that is named, and what helps. */
    @Test
    void aZipThatCannotBeUnpackedNamesTheTemporaryFolder() throws IOException {
        Path zip = FIXTURE.write(folder.resolve("bundle.zip"), HistoryForm.PLAIN, true);
        Path taken = Files.createFile(folder.resolve("taken"));
        String before = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", taken.toString());
        try {
            assertThatThrownBy(() -> Recommender.open(zip))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(zip + ": cannot be unpacked into the temporary folder " + taken)
                    .hasMessageContaining("-Djava.io.tmpdir")
                    .hasMessageNotContaining("damaged");
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
        Recommender.open(zip);
    }

    /** Someone who changes scores and mends the checksums is found by what the model says. */
    @Test
    void aBundleThatScoresOtherwiseIsRefused() throws IOException {
        Path bundle = FIXTURE.write(folder.resolve("bundle"), HistoryForm.PLAIN, false);
        Path golden = bundle.resolve("golden.json");
        String text = Files.readString(golden);
        int bits = text.indexOf("\"bits\":[") + 8;
        int end = text.indexOf(',', bits);
        int first = Integer.parseInt(text.substring(bits, end));
        Files.writeString(golden, text.substring(0, bits) + (first + 1) + text.substring(end));
        relist(bundle, "golden.json");
        assertThatThrownBy(() -> Recommender.open(bundle))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("golden.json")
                .hasMessageContaining("request 1 of 6");
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        Path bundle = FIXTURE.write(folder.resolve("bundle"), HistoryForm.PLAIN, false);
        Path manifest = bundle.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"formatVersion\":" + Manifest.VERSION + ",", "\"formatVersion\":99,\"new\":true,"));
        relist(bundle, "manifest.json");
        assertThatThrownBy(() -> Recommender.open(bundle))
                .hasMessageContaining("format version 99")
                .hasMessageContaining("versions 1 to " + Manifest.VERSION);
    }

    private static void relist(Path bundle, String name) throws IOException {
        Path list = bundle.resolve(FolderChecksums.NAME);
        Files.writeString(
                list,
                Files.readString(list)
                        .replaceAll("[0-9a-f]{64}  " + name, Sha256.of(bundle.resolve(name)) + "  " + name));
    }

    @ParameterizedTest
    @EnumSource(HistoryForm.class)
    void idsOfUsersAreThereOnlyIfTheyAreWanted(HistoryForm form) throws IOException {
        Path bundle = FIXTURE.write(folder.resolve("bundle"), form, false);
        Recommender recommender = Recommender.open(bundle);
        boolean plain = form == HistoryForm.PLAIN;
        assertThat(recommender.users()).hasSize(plain ? BundleFixture.USERS : 0);
        assertThat(recommender.knows("u3")).isTrue();
        assertThat(recommender.knows("nobody")).isFalse();
        assertThat(recommender.history("u3")).isEqualTo(form == HistoryForm.NONE ? List.of() : FIXTURE.history(3));
        assertThat(new String(Files.readAllBytes(bundle.resolve("users")), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains("u0u1u2"))
                .isEqualTo(plain);
        // The model is the same whatever is kept of users.
        Request request = Request.ofHistory(FIXTURE.history(3)).withUser("u3");
        Recommender other = Recommender.open(FIXTURE.write(folder.resolve("other"), HistoryForm.PLAIN, false));
        assertThat(recommender.recommend(request)).isEqualTo(other.recommend(request));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path bundle = FIXTURE.write(folder.resolve("bundle"), HistoryForm.PLAIN, false);
        assertThatThrownBy(() -> FIXTURE.write(bundle, HistoryForm.PLAIN, false))
                .hasMessageContaining("exists already");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> FIXTURE.write(file.resolve("bundle"), HistoryForm.PLAIN, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> Recommender.open(folder.resolve("none"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Recommender.open(folder)).hasMessageContaining("is not a bundle");
    }
}
