// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.Serializable;

/**
 * What a task asks about, and its share of the limits.
 *
 * @param number number of the task, from 0
 * @param tasks number of tasks that the limits are shared by; 0 if nothing may be asked
 * @param parts numbers of the parts
 * @param spent cost of each part's attempts before this round
 * @param money what the task may spend, infinite without a budget
 */
record SentTask(int number, int tasks, int[] parts, double[] spent, double money) implements Serializable {
    private static final long serialVersionUID = 1L;
}
