// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

class SettingsReaderTest {
    private static SettingsReader<Shop> reader() {
        return SettingsReader.of(Shop.class, Shop.VARIANTS);
    }

    private static Shop read(String yaml) {
        return reader().text("shop.yaml", yaml).read();
    }

    private static List<String> problemsOf(SettingsReader<Shop> reader) {
        return catchThrowableOfType(InvalidInputException.class, reader::read).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static List<String> problems(String yaml) {
        return problemsOf(reader().text("shop.yaml", yaml));
    }

    @Test
    void anEmptyFileGivesTheDefaults() {
        assertThat(reader().read()).isEqualTo(Shop.defaults());
        assertThat(read("")).isEqualTo(Shop.defaults());
        assertThat(read("# only a comment\n")).isEqualTo(Shop.defaults());
        assertThat(read("training:\nbackbone:\n")).isEqualTo(Shop.defaults());
    }

    @Test
    void everyKindOfComponentIsBound() {
        Shop shop = read("""
                seed: 12345678901
                training:
                  batch-size: 256
                  learningRate: 1e-2
                  optimizer: row-sparse-adam
                  dropout: .5
                backbone: {name: dcnv2, crossLayers: 3}
                columns:
                  - {name: user, many: false}
                  - {name: "true", as: null, many: true}
                limits: {a: 1, b-c: 2}
                second: none
                note: 1.10
                out: some where/é
                """);
        assertThat(shop)
                .isEqualTo(new Shop(
                        12345678901L,
                        new Shop.Training(256, 0.01, Shop.Optimizer.ROW_SPARSE_ADAM, 0.5f, 1, 9),
                        new Shop.Dcn(3, false),
                        List.of(new Shop.Column("user", null, false), new Shop.Column("true", null, true)),
                        Map.of("a", 1, "b-c", 2),
                        Optional.of(new Shop.None()),
                        "1.10",
                        Path.of("some where/é")));
    }

    @Test
    void aVariantStartsFromTheComponentsDefaultOrItsOwn() {
        assertThat(read("backbone: deepfm").backbone()).isEqualTo(new Shop.DeepFm(List.of(200, 80)));
        assertThat(read("second: deepfm").second()).contains(new Shop.DeepFm(List.of(100)));
        assertThat(read("backbone: dcnv2").backbone()).isEqualTo(Shop.Dcn.defaults());
        assertThat(read("backbone: {hidden: [1]}").backbone()).isEqualTo(new Shop.DeepFm(List.of(1)));
    }

    record Source(String file, List<String> columns, Optional<String> note, Shop.Training training) {}

    @Test
    void absentComponentsAreEmptyOrDefault() {
        Source source = SettingsReader.of(Source.class, Variants.none())
                .text("source.yaml", "file: a")
                .read();
        assertThat(source).isEqualTo(new Source("a", List.of(), Optional.empty(), Shop.Training.defaults()));
    }

    @Test
    void allProblemsAreReportedInFileOrder() {
        assertThat(problems("""
                training:
                  batchSize: 0
                  learningRat: 0.1
                  optimizer: adam
                  dropout: 1
                sede: 3
                backbone:
                  name: dcnv2
                  crossLayers: 99
                  stacked: yes
                columns:
                  - {name: user}
                seed: 1.5
                """))
                .containsExactly(
                        "shop.yaml:2: training.batchSize: is 0, allowed is 1 to 1000000",
                        "shop.yaml:3: training.learningRat: is not a setting; did you mean 'learningRate'?",
                        "shop.yaml:4: training.optimizer: is 'adam', allowed is dense-adam, row-sparse-adam",
                        "shop.yaml:5: training.dropout: is 1, allowed is 0 to below 1",
                        "shop.yaml:6: sede: is not a setting; did you mean 'seed'?",
                        "shop.yaml:9: backbone.crossLayers: is 99, allowed is 1 to 8",
                        "shop.yaml:10: backbone.stacked: is 'yes', allowed is true or false",
                        "shop.yaml:12: columns[0].many: is missing, and it has no default",
                        "shop.yaml:13: seed: is '1.5', a whole number is needed, such as 128");
    }

    @Test
    void aCheckOverSeveralComponentsIsReportedAtTheOneItNames() {
        assertThat(problems("training:\n  maximum: 4\n  minimum: 5\n"))
                .containsExactly("shop.yaml:3: training.minimum: is above maximum");
        assertThat(problems("training:\n  maximum: 0\n"))
                .containsExactly("shop.yaml:2: training.minimum: is above maximum");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training: 3 | training: needs keys, such as batchSize",
                "training: {batchSize: 99999999999} | is 99999999999, allowed is -2147483648 to 2147483647",
                "training: {batchSize: [1]} | needs a single value, found a list",
                "training: {batchSize: } | needs a single value, found nothing",
                "training: {learningRate: .nan} | a finite number is needed",
                "training: {learningRate: NaN} | a finite number is needed",
                "training: {learningRate: 1e999} | a finite number is needed",
                "training: {dropout: 1e39} | allowed is up to",
                "columns: 3 | needs a list, such as [a, b], found '3'",
                "backbone: dcn2 | is 'dcn2', allowed is deepfm, dcnv2, none; did you mean 'dcnv2'?",
                "backbone: {name: dcnv2, hidden: [1]} | backbone.hidden: is not a setting; known here: crossLayers, stacked",
                "backbone: {name: none, x: 1} | backbone.x: is not a setting; nothing can be set here",
                "backbone: [a] | needs a name or keys, found a list",
                "second: {} | second.name: is missing, allowed is deepfm, dcnv2, none",
                "out: '' | is empty, a path is needed",
                "{seed: 1, seed: 2} | seed: is given twice",
                "{training: {batchSize: 1, batch-size: 2}} | is given twice",
                "{limits: {a: x}} | limits.a: is 'x', a whole number",
                "backbone: {hidden: [1, b]} | backbone.hidden[1]: is 'b', a whole number",
                "seed: &a 1 | #",
                "note: *a | aliases",
                "note: !!str 1 | tags",
                "[1] | a configuration holds keys with values",
                "just text | a configuration holds keys with values",
            })
    void badValuesAreRefused(String yaml, String message) {
        if (message.equals("#")) {
            assertThat(read(yaml).seed()).isEqualTo(1);
            return;
        }
        InvalidInputException thrown = catchThrowableOfType(InvalidInputException.class, () -> read(yaml));
        assertThat(thrown).isNotNull().hasMessageContaining(message).hasMessageStartingWith("shop.yaml:1");
        assertThat(thrown.problems()).hasSize(1);
    }

    @Test
    void brokenYamlNamesItsLine() {
        InvalidInputException thrown =
                catchThrowableOfType(InvalidInputException.class, () -> read("seed: 1\nnote: [1\nout: x\n"));
        assertThat(thrown).hasMessageStartingWith("shop.yaml:3: this is not valid YAML: ");
        assertThat(thrown.getMessage().lines()).hasSize(1);
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> read("seed: 1\n---\nseed: 2\n")))
                .hasMessageStartingWith("shop.yaml:3: a second document starts here");
    }

    @Test
    void theEnvironmentOverridesTheFileAndAssignmentsOverrideBoth() {
        Shop shop = reader().text(
                        "shop.yaml",
                        "seed: 1\ntraining: {batchSize: 2, learningRate: 0.5, dropout: 0.3}\nbackbone: dcnv2\n")
                .environment(Map.of(
                        "SLLMR_TRAINING_BATCH_SIZE", "3",
                        "SLLMR_SEED", "4",
                        "SLLMR_BACKBONE_STACKED", "true",
                        "SLLMR_HEAP", "ignored",
                        "HOME", "ignored"))
                .assignments(List.of(
                        "seed=5",
                        "training.learning-rate=0.25",
                        "backbone.crossLayers=4",
                        "limits.free-key=1",
                        "seed=6"))
                .read();
        assertThat(shop.seed()).isEqualTo(6);
        assertThat(shop.training()).isEqualTo(new Shop.Training(3, 0.25, Shop.Optimizer.DENSE_ADAM, 0.3f, 1, 9));
        assertThat(shop.backbone()).isEqualTo(new Shop.Dcn(4, true));
        assertThat(shop.limits()).isEqualTo(Map.of("free-key", 1));
    }

    @Test
    void assignmentsTakeListsAndNames() {
        Shop shop = reader().assignments(
                        List.of("backbone.hidden=[3, 2]", "second=dcnv2", "second.stacked=true", "note=a = b"))
                .read();
        assertThat(shop.backbone()).isEqualTo(new Shop.DeepFm(List.of(3, 2)));
        assertThat(shop.second()).contains(new Shop.Dcn(2, true));
        assertThat(shop.note()).isEqualTo("a = b");
    }

    @Test
    void problemsOfAllSourcesAreReportedTogetherInOrder() {
        assertThat(problemsOf(reader().assignments(
                                List.of("training.batchSiz=1", "seed", "training.dropout=2", "note=[1"))
                        .environment(Map.of("SLLMR_TRAINING_BACTH_SIZE", "1", "SLLMR_TRAINING_LEARNING_RATE", "7"))
                        .text("shop.yaml", "training: {maximum: x}\n")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("shop.yaml:1: training.maximum: is 'x'"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "SLLMR_TRAINING_BACTH_SIZE: is not a setting; did you mean 'SLLMR_TRAINING_BATCH_SIZE'?"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "SLLMR_TRAINING_LEARNING_RATE: training.learningRate: is 7, allowed is above 0 up to 1"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "--set training.batchSiz: is not a setting; did you mean 'training.batchSize'?"),
                        line -> assertThat(line).isEqualTo("--set seed: has no value; write key=value"),
                        line -> assertThat(line).isEqualTo("--set training.dropout: is 2, allowed is 0 to below 1"),
                        line -> assertThat(line).startsWith("--set note: this is not valid YAML"));
    }

    @Test
    void aBrokenVariableIsOneProblemAmongOthers() {
        assertThat(problemsOf(reader().environment(Map.of("SLLMR_NOTE", "[1", "SLLMR_SEED", "x"))))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("SLLMR_NOTE: note: this is not valid YAML"))
                .anyMatch(line -> line.startsWith("SLLMR_SEED: seed: is 'x'"));
    }

    @Test
    void unreadableFilesAreRefusedWithTheReason(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> reader().file(missing)))
                .hasMessage(missing + ": there is no such file");
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> reader().file(folder)))
                .hasMessageContaining("is a folder");
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'n', ':', ' ', (byte) 0xe9, '\n'});
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> reader().file(latin)))
                .hasMessageContaining("UTF-8");
        Path good = Files.writeString(folder.resolve("good.yaml"), "seed: 9\n");
        assertThat(reader().file(good).read().seed()).isEqualTo(9);
    }

    record Unbound(Set<String> names) {}

    record Unnamed(Shop.Backbone backbone) {}

    @Test
    void typesThatCannotBeBoundAreFoundAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsReader.of(Unbound.class, Variants.none()))
                .withMessageContaining("Unbound.names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsReader.of(Unnamed.class, Variants.none()))
                .withMessageContaining("Unnamed.backbone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shop.VARIANTS.with(Shop.Backbone.class, "none", Shop.Dcn.class));
    }

    @Test
    void choosingAnotherVariantDropsTheSettingsOfTheOld() {
        SettingsReader<Shop> reader = SettingsReader.of(Shop.class, Shop.VARIANTS)
                .text("file", "backbone: {name: dcnv2, crossLayers: 3, stacked: true}\n");
        assertThat(reader.assignments(List.of("backbone.name=deepfm")).read().backbone())
                .isEqualTo(Shop.defaults().backbone());
        assertThat(reader.assignments(List.of("backbone.hidden=[5]", "backbone.name=deepfm"))
                        .read()
                        .backbone())
                .isEqualTo(new Shop.DeepFm(List.of(5)));
        assertThat(reader.assignments(List.of("backbone.name=dcnv2")).read().backbone())
                .isEqualTo(new Shop.Dcn(3, true));
    }
}
