// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import org.sllmr.data.Build;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sllmr " + Build.current().text() + ", Java " + Runtime.version()};
    }
}
