// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.spark.sent.SentBytes;
import org.sllmr.spark.sent.SentPlan;
import org.sllmr.teacher.plan.PlanUsers;
import org.sllmr.teacher.vector.ScanFile;

/** Plans for a task's users, in one thread. */
record PlanForUsers(Broadcast<SentSources> sources) implements Function<byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] call(byte[] sent) throws InterruptedException {
        PlanUsers users = SentBytes.read(sent, SentUsers.class).open();
        try (Blocks blocks = new Blocks(1)) {
            return SentBytes.of(SentPlan.of(
                    users.first(),
                    sources.value().open().candidates(users, blocks, ProgressListener.NONE, ScanFile.NONE)));
        }
    }
}
