// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/**
 * A language model of one block with random weights, whose tokens are the bytes, in the format of llama.cpp (GGUF 3).
 *
 * <p>Its output is meaningless, but everything else is real: tokenizer, attention, sampling and grammar.
 */
final class TinyModel {
    private static final int EMBEDDING = 32;
    private static final int FEED_FORWARD = 64;
    private static final int HEADS = 2;
    private static final int CONTEXT = 8192;
    private static final int SPECIAL_TOKENS = 3;
    private static final int TOKENS = SPECIAL_TOKENS + 256;
    private static final int ALIGNMENT = 32;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Bytes keys = new Bytes();
    private final Bytes tensors = new Bytes();
    private final Bytes data = new Bytes();
    private final RandomGenerator random = new Seed(7).generator();
    private long keyCount;
    private long tensorCount;

    private TinyModel() {}

    static Path write(Path file) throws IOException {
        return Files.write(file, new TinyModel().bytes());
    }

    private byte[] bytes() {
        architecture();
        vocabulary();
        weights("token_embd.weight", EMBEDDING, TOKENS);
        ones("output_norm.weight");
        weights("output.weight", EMBEDDING, TOKENS);
        ones("blk.0.attn_norm.weight");
        for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
            weights("blk.0." + name + ".weight", EMBEDDING, EMBEDDING);
        }
        ones("blk.0.ffn_norm.weight");
        weights("blk.0.ffn_gate.weight", EMBEDDING, FEED_FORWARD);
        weights("blk.0.ffn_up.weight", EMBEDDING, FEED_FORWARD);
        weights("blk.0.ffn_down.weight", FEED_FORWARD, EMBEDDING);
        Bytes file = new Bytes();
        file.raw("GGUF".getBytes(StandardCharsets.US_ASCII))
                .int32(3)
                .int64(tensorCount)
                .int64(keyCount);
        file.raw(keys.array()).raw(tensors.array()).pad();
        return file.raw(data.array()).array();
    }

    private void architecture() {
        key("general.architecture", STRING).text("llama");
        key("general.name", STRING).text("tiny");
        key("general.alignment", UINT32).int32(ALIGNMENT);
        key("llama.context_length", UINT32).int32(CONTEXT);
        key("llama.embedding_length", UINT32).int32(EMBEDDING);
        key("llama.block_count", UINT32).int32(1);
        key("llama.feed_forward_length", UINT32).int32(FEED_FORWARD);
        key("llama.attention.head_count", UINT32).int32(HEADS);
        key("llama.attention.head_count_kv", UINT32).int32(HEADS);
        key("llama.rope.dimension_count", UINT32).int32(EMBEDDING / HEADS);
        key("llama.attention.layer_norm_rms_epsilon", FLOAT32).float32(1e-5f);
    }

    private void vocabulary() {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<Integer> types = new ArrayList<>(List.of(2, 3, 3));
        for (int value = 0; value < 256; value++) {
            tokens.add("<0x%02X>".formatted(value));
            types.add(6);
        }
        key("tokenizer.ggml.model", STRING).text("llama");
        Bytes texts = key("tokenizer.ggml.tokens", ARRAY).int32(STRING).int64(TOKENS);
        tokens.forEach(texts::text);
        Bytes scores = key("tokenizer.ggml.scores", ARRAY).int32(FLOAT32).int64(TOKENS);
        tokens.forEach(token -> scores.float32(0));
        Bytes kinds = key("tokenizer.ggml.token_type", ARRAY).int32(INT32).int64(TOKENS);
        types.forEach(kinds::int32);
        key("tokenizer.ggml.unknown_token_id", UINT32).int32(0);
        key("tokenizer.ggml.bos_token_id", UINT32).int32(1);
        key("tokenizer.ggml.eos_token_id", UINT32).int32(2);
        key("tokenizer.ggml.add_space_prefix", BOOL).int8(0);
    }

    private Bytes key(String name, int type) {
        keyCount++;
        return keys.text(name).int32(type);
    }

    private void ones(String name) {
        tensor(name, EMBEDDING);
        for (int index = 0; index < EMBEDDING; index++) {
            data.float32(1);
        }
        data.pad();
    }

    private void weights(String name, int inputs, int outputs) {
        tensor(name, inputs, outputs);
        for (int index = 0; index < inputs * outputs; index++) {
            data.float32((float) (random.nextGaussian() / Math.sqrt(inputs)));
        }
        data.pad();
    }

    private void tensor(String name, int... shape) {
        tensorCount++;
        tensors.text(name).int32(shape.length);
        for (int size : shape) {
            tensors.int64(size);
        }
        // The first 0 is the type: 32-bit floats.
        tensors.int32(0).int64(data.size());
    }

    private static final class Bytes {
        private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

        Bytes raw(byte[] bytes) {
            stream.writeBytes(bytes);
            return this;
        }

        Bytes int8(int value) {
            stream.write(value);
            return this;
        }

        Bytes int32(int value) {
            return raw(buffer(Integer.BYTES).putInt(value).array());
        }

        Bytes int64(long value) {
            return raw(buffer(Long.BYTES).putLong(value).array());
        }

        Bytes float32(float value) {
            return raw(buffer(Float.BYTES).putFloat(value).array());
        }

        Bytes text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return int64(bytes.length).raw(bytes);
        }

        Bytes pad() {
            while (stream.size() % ALIGNMENT != 0) {
                stream.write(0);
            }
            return this;
        }

        long size() {
            return stream.size();
        }

        byte[] array() {
            return stream.toByteArray();
        }

        private static ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
