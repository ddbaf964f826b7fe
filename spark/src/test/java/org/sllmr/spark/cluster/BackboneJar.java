// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.sllmr.model.BackboneProvider;

/** A jar with a backbone that nothing else knows. */
final class BackboneJar {
    static final String NAME = "from-a-jar";
    private static final String SOURCE = """
            package other;

            import java.util.List;
            import org.sllmr.model.BackboneProvider;
            import org.sllmr.model.Backbones;
            import org.sllmr.model.backbone.BackboneSettings;
            import org.sllmr.model.backbone.FirstOrder;
            import org.sllmr.model.backbone.InputShape;
            import org.sllmr.model.graph.GraphBuilder;
            import org.sllmr.model.graph.Node;

            public final class OtherBackbones implements BackboneProvider {
                public record Linear(FirstOrder firstOrder) implements BackboneSettings {
                    @Override
                    public Node build(GraphBuilder network, InputShape shape) {
                        return network.linear("output", network.fields(), 1);
                    }
                }

                @Override
                public List<Backbones.Entry> backbones() {
                    return List.of(new Backbones.Entry(
                            "from-a-jar", "From a jar", Linear.class, new Linear(FirstOrder.ALL_FIELDS)));
                }
            }
            """;

    private BackboneJar() {}

    static Path write(Path folder) throws IOException {
        Path source = folder.resolve("OtherBackbones.java");
        Files.writeString(source, SOURCE);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        ClusterProgram.require(code == 0, "the backbone does not compile");
        Path jar = folder.resolve("other.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + BackboneProvider.class.getName()));
            out.write("other.OtherBackbones\n".getBytes(StandardCharsets.UTF_8));
            for (String name : List.of("other/OtherBackbones.class", "other/OtherBackbones$Linear.class")) {
                out.putNextEntry(new JarEntry(name));
                out.write(Files.readAllBytes(folder.resolve(name)));
            }
        }
        return jar;
    }
}
