#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All items for some users as whole rows of DCN-V2 in PyTorch, the other side of sllmr's benchmark of ranking.

Reads what the Java side exports, as ctr_epoch.py does, whose network and embedding lookup it uses; a user's rows share
user and history columns. Prints one line of JSON, and writes the first user's scores to scores.bin.

Rows:
  eager  8,192 rows a batch, embeddings looked up and averaged for every row
  tuned  EmbeddingBag, subnormal numbers flushed to 0, inference mode, and the batch size that was fastest
"""
import argparse
import json
import os
import time

import numpy as np
import torch

from ctr_epoch import Data, Dcnv2, Style


def score(model, data, user, items, size):
    row = {name: column[user:user + 1] for name, column in data.samples.items()}
    scores = []
    for start in range(0, items, size):
        count = min(size, items - start)
        batch = {name: value.expand(count, *value.shape[1:]) for name, value in row.items()}
        batch["item"] = torch.arange(start, start + count)
        scores.append(model(batch))
    return torch.cat(scores)


def measure(model, data, users, items, size, name=""):
    score(model, data, 0, items, size)
    start, processor = time.perf_counter(), time.process_time()
    for user in range(users):
        score(model, data, user, items, size)
    count = users * items
    return {"name": name, "rate": count / (time.perf_counter() - start),
            "microseconds": (time.process_time() - processor) / count * 1e6}


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("folder")
    parse.add_argument("--items", type=int, required=True)
    parse.add_argument("--threads", type=int, default=1)
    options = parse.parse_args()
    torch.set_num_threads(options.threads)
    data = Data(options.folder)
    users = len(data.samples["user"])
    rows = []
    with torch.inference_mode():
        model = Dcnv2(data, Style("eager"), False).eval()
        score(model, data, 0, options.items, 8192).numpy().astype("<f4").tofile(os.path.join(options.folder, "scores.bin"))
        rows.append(measure(model, data, users, options.items, 8192,
                            f"whole rows in PyTorch, eager, {options.threads} threads"))
        torch.set_flush_denormal(True)
        model = Dcnv2(data, Style("tuned"), False).eval()
        few = max(1, users // 4)
        best = min((512, 2048, 8192), key=lambda size: measure(model, data, few, options.items, size)["microseconds"])
        rows.append(measure(model, data, users, options.items, best,
                            f"whole rows in PyTorch, tuned, {best} rows a batch"))
    print(json.dumps({"torch": torch.__version__, "rows": rows}))


if __name__ == "__main__":
    main()
