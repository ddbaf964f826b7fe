#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One training epoch of a click-through model in PyTorch eager, for comparison with sllmr.

Reads the columns that the Java side of the benchmark exports (index.json and little-endian int32 files), trains
for the asked number of steps after a warm-up, and prints one JSON line. The network, the fields, the pooling and
the optimizer's arithmetic are those of the Java side.

Styles:
  loader  what most users have: a DataLoader that collates rows, one table a field, Adam over all parameters
  eager   the same, but a batch is one indexing of tensors: no DataLoader
  tuned   eager with the fused Adam kernel
  sparse  eager with SparseAdam for the tables and fused Adam for the network (touched rows only, no L2)
"""
import argparse
import json
import os
import time

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F


def columns(folder):
    with open(os.path.join(folder, "index.json")) as file:
        index = json.load(file)
    read = {}
    for name, shape in index["columns"].items():
        read[name] = torch.from_numpy(np.fromfile(os.path.join(folder, name + ".bin"), "<i4").reshape(shape)).long()
    return index, read


def masked_mean(table, ids, dims):
    """Mean of the embeddings of ids >= 0 over the last `dims` index dimensions, innermost first; zeros where none."""
    mask = (ids >= 0).float()
    pooled = table(ids.clamp(min=0)) * mask.unsqueeze(-1)
    for _ in range(dims):
        count = mask.sum(-1, keepdim=True)
        pooled = pooled.sum(-2) / count.clamp(min=1)
        mask = (count.squeeze(-1) > 0).float()
    return pooled


class Fields(nn.Module):
    """[rows, fields x dim]: user, item, item columns, and the pooled histories of item and item columns."""

    def __init__(self, index, dim, sparse):
        super().__init__()
        self.user = nn.Embedding(index["users"], dim, sparse=sparse)
        self.item = nn.Embedding(index["items"], dim, sparse=sparse)
        self.item_columns = nn.ModuleList(nn.Embedding(n, dim, sparse=sparse) for n in index["itemColumns"].values())
        for table in [self.user, self.item, *self.item_columns]:
            nn.init.normal_(table.weight, std=0.01)
        self.width = dim * (3 + 2 * len(self.item_columns))

    def forward(self, batch, item_columns):
        parts = [self.user(batch["user"]), self.item(batch["item"]), masked_mean(self.item, batch["history"], 1)]
        absent = batch["history"] < 0
        for table, values in zip(self.item_columns, item_columns):
            parts.append(masked_mean(table, values[batch["item"]], 1))
            history = values[batch["history"].clamp(min=0)].masked_fill(absent.unsqueeze(-1), -1)
            parts.append(masked_mean(table, history, 2))
        return torch.cat(parts, 1)


def perceptron(width, units, dropout, norm):
    layers = []
    for unit in units:
        layers.append(nn.Linear(width, unit))
        if norm:
            layers.append(nn.BatchNorm1d(unit))
        layers += [nn.ReLU(), nn.Dropout(dropout)]
        width = unit
    return nn.Sequential(*layers)


class CrossMixture(nn.Module):
    """DCNv2's cross layers as a mixture of low-rank experts (Wang et al. 2021, Equations 3 and 4)."""

    def __init__(self, width, layers, rank, experts):
        super().__init__()
        self.u = nn.ParameterList(nn.Parameter(nn.init.xavier_normal_(torch.empty(experts, width, rank))) for _ in range(layers))
        self.v = nn.ParameterList(nn.Parameter(nn.init.xavier_normal_(torch.empty(experts, width, rank))) for _ in range(layers))
        self.c = nn.ParameterList(nn.Parameter(nn.init.xavier_normal_(torch.empty(experts, rank, rank))) for _ in range(layers))
        self.bias = nn.ParameterList(nn.Parameter(torch.zeros(width)) for _ in range(layers))
        self.gate = nn.ModuleList(nn.Linear(width, experts, bias=False) for _ in range(layers))

    def forward(self, x0):
        x = x0
        for u, v, c, bias, gate in zip(self.u, self.v, self.c, self.bias, self.gate):
            low = torch.tanh(torch.einsum("bd,edr->ber", x, v))
            low = torch.tanh(torch.einsum("ber,esr->bes", low, c))
            wide = x0.unsqueeze(1) * (torch.einsum("ber,edr->bed", low, u) + bias)
            x = (wide * torch.softmax(gate(x), 1).unsqueeze(-1)).sum(1) + x
        return x


class Dcnv2(nn.Module):
    def __init__(self, index, dim, sparse):
        super().__init__()
        self.fields = Fields(index, dim, sparse)
        width = self.fields.width
        self.cross = CrossMixture(width, layers=2, rank=4, experts=4)
        self.deep = perceptron(width, [200, 80], 0.1, norm=True)
        self.out = nn.Linear(width + 80, 1)

    def forward(self, batch, item_columns):
        x0 = self.fields(batch, item_columns)
        return self.out(torch.cat([self.cross(x0), self.deep(x0)], 1)).squeeze(1)


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("folder")
    parse.add_argument("--style", choices=["loader", "eager", "tuned", "sparse"], default="eager")
    parse.add_argument("--batch", type=int, default=128)
    parse.add_argument("--dim", type=int, default=32)
    parse.add_argument("--steps", type=int, default=0, help="0: one epoch")
    parse.add_argument("--warmup", type=int, default=50)
    parse.add_argument("--threads", type=int, default=1)
    options = parse.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)

    index, data = columns(options.folder)
    item_columns = [data["item." + name] for name in index["itemColumns"]]
    samples = {name: data[name] for name in ("user", "item", "history")}
    labels = data["label"].float()
    sparse = options.style == "sparse"
    model = Dcnv2(index, options.dim, sparse)
    model.train()
    tables = [p for name, p in model.named_parameters() if name.startswith("fields.")]
    network = [p for name, p in model.named_parameters() if not name.startswith("fields.")]
    if sparse:
        optimizers = [torch.optim.SparseAdam(tables, lr=0.01), torch.optim.Adam(network, lr=0.01, weight_decay=1e-4, fused=True)]
    else:
        optimizers = [torch.optim.Adam(model.parameters(), lr=0.01, weight_decay=1e-4, fused=options.style == "tuned" or None)]

    def batches():
        if options.style == "loader":
            class Rows(torch.utils.data.Dataset):
                def __len__(self):
                    return len(labels)

                def __getitem__(self, row):
                    return {**{name: column[row] for name, column in samples.items()}, "label": labels[row]}

            yield from torch.utils.data.DataLoader(Rows(), batch_size=options.batch, shuffle=True)
            return
        order = torch.randperm(len(labels))
        for start in range(0, len(order), options.batch):
            rows = order[start:start + options.batch]
            yield {**{name: column[rows] for name, column in samples.items()}, "label": labels[rows]}

    def run(limit):
        total = 0.0
        count = 0
        for batch in batches():
            if count == limit:
                break
            for optimizer in optimizers:
                optimizer.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(batch, item_columns), batch["label"])
            loss.backward()
            for optimizer in optimizers:
                optimizer.step()
            total += loss.item()
            count += 1
        return count, total

    run(options.warmup)
    steps = options.steps or (len(labels) + options.batch - 1) // options.batch
    start = time.perf_counter()
    done, loss = run(steps)
    seconds = time.perf_counter() - start
    print(json.dumps({"style": options.style, "batch": options.batch, "steps": done, "seconds": seconds,
                      "millisecondsPerStep": 1e3 * seconds / done, "meanLoss": loss / done, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
