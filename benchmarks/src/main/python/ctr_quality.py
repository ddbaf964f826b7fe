#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""DeepFM on a dataset folder in PyTorch: what the same model reaches elsewhere, on data with labels.

Reads the columns of a folder that 'sllmr data prepare' wrote with labels, and nothing else of sllmr: fields, histories, pooling,
network, start, optimizer and stopping are written again, in the usual way, as 'recommended/deepfm' has them. Random numbers are
PyTorch's own, so seeds are other seeds, and only means and spread can be compared. Numbers, vectors and contexts are not read.

Trains once for each seed and prints a line of JSON for it: AUC and log loss of the best epoch, by validation AUC.
"""
import argparse
import json
import os

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Column:
    """A categorical column as padded values, -1 where there is none: [rows, most values of a row]."""

    def __init__(self, folder, stem):
        offsets = np.fromfile(os.path.join(folder, stem + ".offsets.i32"), "<i4")
        values = np.fromfile(os.path.join(folder, stem + ".i32"), "<i4")
        lengths = np.diff(offsets)
        padded = np.full((len(lengths), max(1, lengths.max())), -1)
        there = np.arange(padded.shape[1]) < lengths[:, None]
        padded[there] = values
        self.values = torch.from_numpy(padded)
        # One more row, which no value of the data reads, as on the other side.
        self.size = len(np.fromfile(os.path.join(folder, stem + ".vocabulary.offsets.i64"), "<i8"))


class Part:
    """The rows of a part with their histories, -1 where one is shorter: [rows, length]."""

    def __init__(self, folder, name, length):
        def column(what, kind):
            return np.fromfile(os.path.join(folder, f"{name}.{what}"), kind)

        user, item, position = (column(what + ".i32", "<i4") for what in ("users", "items", "positions"))
        log = np.fromfile(os.path.join(folder, "log.items.i32"), "<i4")
        offsets = np.fromfile(os.path.join(folder, "log.offsets.i32"), "<i4")
        back = np.arange(length, 0, -1)
        at = position[:, None] - back
        history = np.where(at >= 0, log[np.clip(offsets[user][:, None] + at, 0, len(log) - 1)], -1)
        self.user, self.item, self.history = (torch.from_numpy(a.astype(np.int64)) for a in (user, item, history))
        self.label = torch.from_numpy(column("labels.i8", "<i1").astype(np.float32))


class DeepFm(nn.Module):
    """Guo et al. 2017. Fields: user and item with their columns, and for each of the item's its mean over the history."""

    def __init__(self, data, dimension, units, dropout, start):
        super().__init__()
        self.data = data
        sizes = [data.users + 1, *(c.size for c in data.user_columns), data.items + 1, *(c.size for c in data.item_columns)]
        self.tables = nn.ModuleList(nn.Embedding(size, dimension) for size in sizes)
        self.weights = nn.ModuleList(nn.Embedding(size, 1) for size in sizes)
        for table in [*self.tables, *self.weights]:
            rows, floats = table.weight.shape
            nn.init.normal_(table.weight, std=start if start > 0 else (2 / (rows + floats)) ** 0.5)
        width = (len(sizes) + 1 + len(data.item_columns)) * dimension
        layers = []
        for size in units:
            layers += [nn.Dropout(dropout), nn.Linear(width, size), nn.ReLU()]
            width = size
        self.deep = nn.Sequential(*layers, nn.Linear(width, 1))

    def fields(self, tables, user, item):
        count = len(self.data.user_columns)
        parts = [tables[0](user)]
        parts += [mean(t, c.values[user]) for t, c in zip(tables[1:], self.data.user_columns)]
        parts.append(tables[count + 1](item))
        parts += [mean(t, c.values[item]) for t, c in zip(tables[count + 2:], self.data.item_columns)]
        return parts

    def histories(self, history):
        item, *columns = self.tables[len(self.data.user_columns) + 1:]
        parts = [mean(item, history)]
        for table, column in zip(columns, self.data.item_columns):
            values = column.values[history.clamp(min=0)].masked_fill((history < 0).unsqueeze(-1), -1)
            parts.append(mean(table, values.flatten(1)))
        return parts

    def forward(self, user, item, history):
        x = torch.stack([*self.fields(self.tables, user, item), *self.histories(history)], 1)
        linear = torch.cat(self.fields(self.weights, user, item), 1).sum(1)
        machine = 0.5 * (x.sum(1).square() - x.square().sum(1)).sum(1)
        return linear + machine + self.deep(x.flatten(1)).squeeze(1)


def mean(table, ids):
    """Mean of the embeddings of ids >= 0; zeros if there is none."""
    there = (ids >= 0).float()
    scale = there / there.sum(1, keepdim=True).clamp(min=1)
    return F.embedding_bag(ids.clamp(min=0), table.weight, mode="sum", per_sample_weights=scale)


def auc(scores, labels):
    """Area under the ROC curve; equal scores count one half."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives = labels.sum()
    return (ranks[labels == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives))


class Data:
    def __init__(self, folder, length):
        with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        self.users, self.items = manifest["counts"]["users"], manifest["counts"]["items"]
        self.user_columns = [Column(folder, f"users.field{i}") for i in range(len(manifest["userFields"]))]
        self.item_columns = [Column(folder, f"items.field{i}") for i in range(len(manifest["itemFields"]))]
        self.training, self.validation, self.test = (Part(folder, p, length) for p in ("training", "validation", "test"))


def evaluate(model, part):
    model.eval()
    with torch.no_grad():
        rows = torch.arange(len(part.label)).split(4096)
        scores = torch.cat([model(part.user[r], part.item[r], part.history[r]) for r in rows])
        loss = F.binary_cross_entropy_with_logits(scores, part.label).item()
    return {"auc": float(auc(scores.numpy(), part.label.numpy())), "logLoss": loss}


def train(data, options, seed):
    torch.manual_seed(seed)
    model = DeepFm(data, 32, [200, 80], 0.1, options.deviation)
    optimizer = torch.optim.Adam(model.parameters(), lr=options.rate, weight_decay=options.decay)
    part, best = data.training, {"validation": {"auc": 0}, "epoch": 0}
    for epoch in range(1, options.epochs + 1):
        model.train()
        for rows in torch.randperm(len(part.label)).split(128):
            optimizer.zero_grad()
            F.binary_cross_entropy_with_logits(model(part.user[rows], part.item[rows], part.history[rows]),
                                               part.label[rows]).backward()
            optimizer.step()
        validation = evaluate(model, data.validation)
        if validation["auc"] > best["validation"]["auc"]:
            best = {"seed": seed, "epoch": epoch, "validation": validation, "test": evaluate(model, data.test)}
        elif epoch - best["epoch"] >= 3:
            break
        else:
            for group in optimizer.param_groups:
                group["lr"] *= 0.3
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="folder that 'sllmr data prepare' made, with labels")
    parser.add_argument("--seeds", type=int, default=1, help="trains with seeds 1 to this")
    parser.add_argument("--deviation", type=float, default=0, help="of embeddings at the start; 0: Xavier")
    parser.add_argument("--rate", type=float, default=0.003)
    parser.add_argument("--decay", type=float, default=2e-5)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    data = Data(options.dataset, 20)
    for seed in range(1, options.seeds + 1):
        print(json.dumps(train(data, options, seed)), flush=True)


if __name__ == "__main__":
    main()
