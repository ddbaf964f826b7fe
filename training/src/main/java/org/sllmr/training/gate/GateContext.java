// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.signal.SignalReader;

/**
 * What a gate may learn from.
 *
 * @param data what is trained on
 * @param teacher the teacher's scores
 * @param signals computes the signals of rows
 */
public record GateContext(TrainingData data, TeacherTable teacher, SignalReader signals) {}
