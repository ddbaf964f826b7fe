#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training steps of DCN-V2 in PyTorch, the other side of sllmr's benchmark of an epoch.

Reads a folder that the Java side exports: index.json (sizes and settings), one little-endian int32 file a column, and
weights.safetensors, the parameters that both sides start from. Fields, pooling, network, loss and optimizer are the Java
side's; --check shows it, by the loss of each step without dropout and in stored order. Prints one line of JSON.

Styles:
  loader  a DataLoader that collates rows, one nn.Embedding a table, torch.optim.Adam over all parameters
  eager   the same without DataLoader: a batch is one indexing of the columns
  tuned   eager with EmbeddingBag instead of gather and mean, the fused Adam kernel, and subnormal numbers flushed to 0
  sparse  tuned with SparseAdam for the tables: only the rows of the batch move, and they have no weight decay
"""
import argparse
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Data:
    """The exported columns and what is derived from them before any clock starts."""

    def __init__(self, folder):
        with open(os.path.join(folder, "index.json"), encoding="utf-8") as file:
            self.index = json.load(file)
        self.settings = self.index["settings"]
        columns = {name: torch.from_numpy(np.fromfile(os.path.join(folder, name + ".bin"), "<i4").reshape(shape)).long()
                   for name, shape in self.index["columns"].items()}
        self.samples = {name: columns[name] for name in ("user", "item", "history")}
        self.labels = columns["label"].float()
        self.item_columns = [columns[name] for name in self.index["itemColumns"]]
        self.weights = safetensors(os.path.join(folder, "weights.safetensors"))

    def batches(self, size, loader):
        if loader:
            yield from torch.utils.data.DataLoader(Rows(self), batch_size=size, shuffle=True)
        else:
            yield from self.slices(size, torch.randperm(len(self.labels)))

    def slices(self, size, order):
        for start in range(0, len(order), size):
            rows = order[start:start + size]
            yield {**{name: column[rows] for name, column in self.samples.items()}, "label": self.labels[rows]}


class Rows(torch.utils.data.Dataset):
    def __init__(self, data):
        self.data = data

    def __len__(self):
        return len(self.data.labels)

    def __getitem__(self, row):
        return {**{name: column[row] for name, column in self.data.samples.items()}, "label": self.data.labels[row]}


def safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            values = np.frombuffer(data[start:end], "<f4").reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.copy())
    return tensors


class Fields(nn.Module):
    """[rows, fields x dim]: user, item, item columns, and histories of item and of item columns, each a mean."""

    def __init__(self, data, style):
        super().__init__()
        self.item_columns = data.item_columns
        self.bags = style.bags
        names = ["user", "item", *data.index["itemColumns"]]
        weights = [data.weights["embeddings." + name] for name in names]
        self.tables = nn.ModuleList(nn.Embedding(*w.shape, sparse=style.sparse) for w in weights)
        with torch.no_grad():
            for table, values in zip(self.tables, weights):
                table.weight.copy_(values)
        self.width = sum(w.shape[1] for w in weights) + sum(w.shape[1] for w in weights[1:])

    def forward(self, batch):
        user, item, *columns = self.tables
        history = batch["history"]
        parts = [user(batch["user"]), item(batch["item"])]
        parts += [self.mean(table, values[batch["item"]]) for table, values in zip(columns, self.item_columns)]
        parts.append(self.mean(item, history))
        absent = (history < 0).unsqueeze(-1)
        for table, values in zip(columns, self.item_columns):
            parts.append(self.mean(table, values[history.clamp(min=0)].masked_fill(absent, -1), history))
        return torch.cat(parts, 1)

    def mean(self, table, ids, outer=None):
        """Mean of the embeddings of ids >= 0; with outer ids [rows, n], the mean over these of each one's own mean."""
        there = (ids >= 0).float()
        scale = there / there.sum(-1, keepdim=True).clamp(min=1)
        if outer is not None:
            scale = scale / (outer >= 0).float().sum(-1, keepdim=True).clamp(min=1).unsqueeze(-1)
        ids = ids.clamp(min=0).flatten(1)
        scale = scale.flatten(1)
        if self.bags:
            return F.embedding_bag(ids, table.weight, mode="sum", per_sample_weights=scale, sparse=table.sparse)
        return (table(ids) * scale.unsqueeze(-1)).sum(1)


class CrossMixture(nn.Module):
    """Cross layers as a mixture of low-rank experts (DCN-V2, Wang et al. 2021, equations 2 to 4).

    The gates sum to 1, so the sum over experts is one product with their matrices side by side.
    """

    def __init__(self, width, layers, experts, rank):
        super().__init__()
        self.experts = experts
        self.gate = nn.Parameter(torch.empty(experts, width))
        self.layers = nn.ModuleList(
            nn.ParameterDict({"u": torch.empty(width, experts * rank), "v": torch.empty(experts * rank, width),
                              "c": torch.empty(experts, rank, rank), "bias": torch.empty(width)})
            for _ in range(layers))

    def forward(self, x0):
        x = x0
        for layer in self.layers:
            gates = torch.softmax(F.linear(x, self.gate), 1)
            low = torch.tanh(F.linear(x, layer["v"])).view(len(x), self.experts, -1)
            mixed = torch.tanh(torch.bmm(low.transpose(0, 1), layer["c"]).transpose(0, 1))
            weighted = (mixed * gates.unsqueeze(2)).reshape(len(x), -1)
            x = torch.addcmul(x, x0, F.linear(weighted, layer["u"], layer["bias"]))
        return x


class Dcnv2(nn.Module):
    """Parallel: a linear layer reads cross network and perceptron."""

    def __init__(self, data, style, dropout):
        super().__init__()
        settings = data.settings
        self.fields = Fields(data, style)
        width = self.fields.width
        self.cross = CrossMixture(width, settings["crossLayers"], settings["experts"], settings["rank"])
        layers = []
        for units in settings["units"]:
            layers += [nn.Linear(width, units), nn.BatchNorm1d(units), nn.ReLU(), nn.Dropout(dropout)]
            width = units
        self.mlp = nn.Sequential(*layers)
        self.output = nn.Linear(self.fields.width + width, 1)
        self.start(data.weights)

    def start(self, weights):
        """Takes the exported parameters; every one of them has its place, and no place stays empty."""
        names = {}
        for name, parameter in self.named_parameters():
            part = name.split(".")
            if part[0] == "mlp":
                block, place = divmod(int(part[1]), 4)
                name = f"mlp.{block}.{'norm.' if place == 1 else ''}{part[2]}"
            elif part[0] == "cross" and part[1] == "layers":
                name = ".".join(["cross", *part[2:]])
            elif part[0] == "fields":
                continue
            names[name] = parameter
        expected = {name for name in weights if not name.startswith("embeddings.") and ".running_" not in name}
        if set(names) != expected:
            sys.exit(f"parameters differ: {sorted(set(names) ^ expected)}")
        with torch.no_grad():
            for name, parameter in names.items():
                parameter.copy_(weights[name])

    def forward(self, batch):
        x0 = self.fields(batch)
        return self.output(torch.cat([self.cross(x0), self.mlp(x0)], 1)).squeeze(1)


class Style:
    def __init__(self, name):
        self.loader = name == "loader"
        self.bags = self.fused = self.flush = name in ("tuned", "sparse")
        self.sparse = name == "sparse"

    def optimizers(self, model, settings):
        rate, decay = settings["learningRate"], settings["weightDecay"]
        fused = self.fused or None
        if not self.sparse:
            return [torch.optim.Adam(model.parameters(), lr=rate, weight_decay=decay, fused=fused)]
        tables = list(model.fields.parameters())
        network = [p for name, p in model.named_parameters() if not name.startswith("fields.")]
        return [torch.optim.SparseAdam(tables, lr=rate),
                torch.optim.Adam(network, lr=rate, weight_decay=decay, fused=fused)]


def train(model, optimizers, batches, steps):
    losses = []
    for batch in batches:
        if len(losses) == steps:
            break
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(model(batch), batch["label"])
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        losses.append(loss.item())
    return losses


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("folder")
    parse.add_argument("--style", choices=["loader", "eager", "tuned", "sparse"], default="eager")
    parse.add_argument("--batch", type=int, default=128)
    parse.add_argument("--steps", type=int, required=True)
    parse.add_argument("--warmup", type=int, default=100)
    parse.add_argument("--threads", type=int, default=1)
    parse.add_argument("--check", action="store_true", help="print the losses of the first steps, do not time them")
    options = parse.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    style = Style(options.style)
    torch.set_flush_denormal(style.flush)

    data = Data(options.folder)
    model = Dcnv2(data, style, 0.0 if options.check else data.settings["dropout"])
    model.train()
    optimizers = style.optimizers(model, data.settings)
    answer = {"torch": torch.__version__, "parameters": sum(p.numel() for p in model.parameters())}
    if options.check:
        answer["losses"] = train(model, optimizers, data.slices(options.batch, torch.arange(len(data.labels))), options.steps)
    else:
        train(model, optimizers, data.batches(options.batch, style.loader), options.warmup)
        start, processor = time.perf_counter(), time.process_time()
        losses = train(model, optimizers, data.batches(options.batch, style.loader), options.steps)
        answer.update(seconds=time.perf_counter() - start, processorSeconds=time.process_time() - processor,
                      steps=len(losses), meanLoss=float(np.mean(losses)))
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
