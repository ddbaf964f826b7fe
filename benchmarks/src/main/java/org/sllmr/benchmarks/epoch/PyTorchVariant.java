// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;
import java.util.List;

/** A style of the Python script, in a new process for each run. */
final class PyTorchVariant implements TimedVariant {
    private final String name;
    private final String description;
    private final Python python;
    private final List<String> arguments;
    private final Python.Memory memory;

    PyTorchVariant(String name, String description, Python python, Python.Memory memory, List<String> arguments) {
        this.name = name;
        this.description = description;
        this.python = python;
        this.memory = memory;
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Measured run(int steps) throws IOException, InterruptedException {
        Python.Answer answer = python.train(steps, memory, arguments);
        return new Measured(answer.seconds(), answer.processorSeconds(), answer.steps(), answer.parameters());
    }
}
