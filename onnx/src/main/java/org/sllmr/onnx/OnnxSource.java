// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.model.Model;

/**
 * What a file is made of.
 *
 * @param model the model
 * @param users ids of the users in the order of their indices, as they may be told
 * @param salt what the users' ids are hashed with, as in a bundle; empty where they are the data's own
 * @param items ids of the catalogue in the order of their indices
 * @param origin what is known of the model's origin, by name; written to the file
 */
public record OnnxSource(
        Model model, List<String> users, Optional<String> salt, List<String> items, Map<String, String> origin) {}
