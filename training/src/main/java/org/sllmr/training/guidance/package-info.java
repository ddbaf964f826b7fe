/**
 * The losses that guide training by the teacher's scores: L = L_rec + lambda L_LLM.
 *
 * <p>The symbols of the S-LLMR paper (Selective LLM-Guided Regularization, arXiv 2512.21526, Section 3) in this code:
 *
 * <table>
 * <caption>Symbols of the paper</caption>
 * <tr><th>symbol</th><th>meaning</th><th>name</th></tr>
 * <tr><td>s(u, i)</td><td>logit of the base model</td><td>{@link org.sllmr.model.Scorer#score}</td></tr>
 * <tr><td>sLLM(u, i)</td><td>soft preference of the LLM, in [0, 1]</td>
 *     <td>{@link org.sllmr.teacher.TeacherTable#scores}</td></tr>
 * <tr><td>H(u)</td><td>the user's history</td><td>{@link org.sllmr.data.InteractionLog}</td></tr>
 * <tr><td>L_rec</td><td>recommendation loss</td><td>{@link org.sllmr.training.objective.Objective}</td></tr>
 * <tr><td>L_LLM</td><td>the regularizer</td><td>{@link org.sllmr.training.guidance.Regularizer}</td></tr>
 * <tr><td>lambda</td><td>its weight</td><td>{@link org.sllmr.training.guidance.SelectivePairwise#lambda}</td></tr>
 * <tr><td>m</td><td>margin</td><td>{@link org.sllmr.training.guidance.HingeSettings#margin}</td></tr>
 * <tr><td>P</td><td>ordered pairs of one user</td><td>{@link org.sllmr.training.supervision.Pairs}</td></tr>
 * <tr><td>K</td><td>most pairs of a step</td>
 *     <td>{@link org.sllmr.training.supervision.PairSettings#maxPairs}</td></tr>
 * <tr><td>K~</td><td>effective number of pairs</td>
 *     <td>{@link org.sllmr.training.supervision.Pairs#size}</td></tr>
 * <tr><td>alpha(u, i, j)</td><td>gate of a pair</td><td>{@link org.sllmr.training.gate.Gate#open}</td></tr>
 * <tr><td>z(u, i)</td><td>signals of a row</td><td>{@link org.sllmr.training.signal.Signals}</td></tr>
 * <tr><td>q(u, i)</td><td>uncertainty of the base model</td>
 *     <td>{@link org.sllmr.training.signal.Uncertainty}</td></tr>
 * <tr><td>tau_u, tau_i</td><td>thresholds of Cold(u) and Tail(i)</td>
 *     <td>{@link org.sllmr.training.signal.SparsitySettings}</td></tr>
 * <tr><td>w, b</td><td>weights and bias of the gate</td>
 *     <td>{@link org.sllmr.training.gate.JointGateSettings}</td></tr>
 * </table>
 */
@NullMarked
package org.sllmr.training.guidance;

import org.jspecify.annotations.NullMarked;
