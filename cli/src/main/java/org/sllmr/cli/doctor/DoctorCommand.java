// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/** Checks the machine for what makes the program fail or slow. */
@Command(
        name = "doctor",
        description = {
            "Check this machine and show how to fix problems.",
            "Exit code 1 if something will not work; a warning only costs speed."
        })
public final class DoctorCommand extends ReportingCommand<DoctorCommand.Report> {
    /** All findings, and whether none of them is a failure. */
    public record Report(boolean healthy, List<Finding> findings) {}

    /** A command that reports on the given terminal. */
    public DoctorCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() {
        Machine machine = Machine.current();
        List<Finding> findings = new ArrayList<>(new MachineChecks(machine).findings());
        findings.addAll(WriteAccess.findings(machine));
        boolean healthy = findings.stream().noneMatch(finding -> finding.status() == Finding.Status.FAILURE);
        return new Report(healthy, List.copyOf(findings));
    }

    @Override
    protected void print(Report report, PrintStream out) {
        for (Finding finding : report.findings()) {
            out.printf(Locale.ROOT, "%-8s %-16s %s%n", finding.status(), finding.check(), finding.found());
            if (!finding.remedy().isEmpty()) {
                out.printf(Locale.ROOT, "%-25s -> %s%n", "", finding.remedy());
            }
        }
    }

    @Override
    protected int exitCode(Report report) {
        return report.healthy() ? 0 : 1;
    }
}
