// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sllmr.bundle.RequestRules;
import org.sllmr.configuration.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RuleOptionsTest {
    @Command(name = "any")
    private static final class Any {
        @Mixin
        private RuleOptions options = new RuleOptions();
    }

    private static RequestRules rules(String... arguments) {
        Any command = new Any();
        new CommandLine(command).parseArgs(arguments);
        return command.options.rules();
    }

    @Test
    void everyRuleIsTaken() {
        assertThat(rules()).isEqualTo(RequestRules.of(10, false));
        assertThat(rules(
                        "--k=3",
                        "--seen",
                        "--allow",
                        "brand=A, or so",
                        "--allow=brand=B",
                        "--deny",
                        "genre=a=b",
                        "--share",
                        "brand=0.4"))
                .isEqualTo(new RequestRules(
                        3,
                        true,
                        Map.of("brand", Set.of("A, or so", "B")),
                        Map.of("genre", Set.of("a=b")),
                        Map.of("brand", 0.4)));
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
        assertThatThrownBy(() ->
                        rules("--k=0", "--allow=brand", "--deny==x", "--share=brand=2", "--share=a=.1", "--share=a=.2"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--k: is 0, allowed is 1 to ")
                .hasMessageContaining("--allow: is 'brand', allowed is a field, =, and what holds for it")
                .hasMessageContaining("--deny: is '=x'")
                .hasMessageContaining("--share: is 'brand=2', allowed is one number above 0 up to 1 a field")
                .hasMessageContaining("--share: is 'a=");
    }
}
