#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training steps of six click-through models in PyTorch, the other side of sllmr's benchmark of an epoch.

Reads a folder that the Java side exports: index.json (sizes and settings), one little-endian int32 file a column, and
weights.safetensors, the parameters that both sides start from. Fields, pooling, network, loss and optimizer are the Java
side's; --check shows it, by the loss of each step without dropout and in stored order. Prints one line of JSON.

Styles:
  loader  a DataLoader that collates rows, one nn.Embedding a table, torch.optim.Adam over all parameters
  eager   the same without DataLoader: a batch is one indexing of the columns
  tuned   eager with EmbeddingBag instead of gather and mean, the fused Adam kernel, subnormal numbers flushed to 0, losses
          read once at the end, and faster forms of what a backbone spends most of its time in
  sparse  tuned with SparseAdam for the tables: only the rows of the batch move, and they have no weight decay
  products  only the matrix products of tuned steps, forward and backward, on matrices and into results that lie ready: what is
            left when everything else costs nothing
"""
import argparse
import contextlib
import json
import os
import sys
import time

# A PyTorch that is linked with OpenBLAS does not tell it how many threads it may use.
os.environ["OPENBLAS_NUM_THREADS"] = sys.argv[sys.argv.index("--threads") + 1] if "--threads" in sys.argv else "1"

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

try:
    from torch.nn.attention import SDPBackend, sdpa_kernel
except ImportError:
    # Before PyTorch 2.3; before 2.0 attention always is two products.
    SDPBackend = sdpa_kernel = None


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
    """User, item, item columns, and, if pooled, histories of item and of item columns, each a mean of embeddings."""

    def __init__(self, data, style, prefix, pooled):
        super().__init__()
        self.item_columns = data.item_columns
        self.bags = style.bags
        self.by_value = data.settings["historyPooling"] == "VALUES"
        self.names = ["user", "item", *data.index["itemColumns"]]
        shapes = [data.weights[prefix + name].shape for name in self.names]
        self.tables = nn.ModuleList(nn.Embedding(*shape, sparse=style.sparse) for shape in shapes)
        self.prefix = prefix
        self.dimension = shapes[0][1]
        self.count = len(shapes) + (len(shapes) - 1 if pooled else 0)
        self.pooled = pooled

    def forward(self, batch):
        user, item, *columns = self.tables
        parts = [user(batch["user"]), item(batch["item"])]
        parts += [self.mean(table, values[batch["item"]]) for table, values in zip(columns, self.item_columns)]
        if self.pooled:
            history = batch["history"]
            parts.append(self.mean(item, history))
            absent = (history < 0).unsqueeze(-1)
            for table, values in zip(columns, self.item_columns):
                ids = values[history.clamp(min=0)].masked_fill(absent, -1)
                parts.append(self.mean(table, ids.flatten(1)) if self.by_value else self.mean(table, ids, history))
        return torch.cat(parts, 1)

    def sequence(self, history):
        """Each history item's own fields, [rows, length, dim x fields]; zeros where there is no item."""
        _, item, *columns = self.tables
        flat = history.reshape(-1)
        there = (flat >= 0).unsqueeze(-1)
        ids = flat.clamp(min=0)
        parts = [item(ids) * there]
        for table, values in zip(columns, self.item_columns):
            parts.append(self.mean(table, values[ids].masked_fill(~there, -1)))
        return torch.cat(parts, 1).view(*history.shape, -1)

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


class Mlp(nn.Module):
    """Linear layers with batch norm (if wanted), ReLU, and dropout before or after."""

    class Layer(nn.Module):
        def __init__(self, width, units, norm):
            super().__init__()
            self.linear = nn.Linear(width, units)
            self.norm = nn.BatchNorm1d(units) if norm else nn.Identity()

        def forward(self, x):
            return torch.relu(self.norm(self.linear(x)))

    def __init__(self, width, settings, dropout, further=()):
        super().__init__()
        self.first = settings["dropoutPlacement"] == "BEFORE_LINEAR"
        self.dropout = nn.Dropout(settings["dropout"] if dropout else 0.0)
        self.layers = nn.ModuleList()
        for units in [*settings["units"], *further]:
            self.layers.append(Mlp.Layer(width, units, settings["batchNorm"]))
            width = units
        self.width = width

    def forward(self, x):
        for layer in self.layers:
            x = layer(self.dropout(x)) if self.first else self.dropout(layer(x))
        return x


class Backbone(nn.Module):
    """A network over the fields; renames says how its parameters are called on the other side."""

    first_order = None
    sequence = False
    renames = {".linear.": ".", "mlp.layers.": "mlp.", "cross.layers.": "cross."}

    def __init__(self, data, style, dropout):
        super().__init__()
        self.network = data.settings["network"]
        self.style = style
        self.fields = Fields(data, style, "embeddings.", not self.sequence)
        self.linear = None
        if self.first_order == "fields":
            with_history = self.network["firstOrder"] == "ALL_FIELDS"
            self.linear = Fields(data, style, "first_order.", with_history)
        self.width = self.fields.count * self.fields.dimension
        self.build(self.width, dropout)
        self.start(data.weights)

    def start(self, weights):
        """Takes the exported parameters; every one of them has its place, and no place stays empty."""
        names = {}
        for name, parameter in self.named_parameters():
            part = name.split(".")
            if part[0] in ("fields", "linear"):
                fields = self.fields if part[0] == "fields" else self.linear
                name = fields.prefix + fields.names[int(part[2])]
            for ours, theirs in self.renames.items():
                name = name.replace(ours, theirs)
            names[name] = parameter
        expected = {name for name in weights if ".running_" not in name}
        if set(names) != expected:
            sys.exit(f"parameters differ: {sorted(set(names) ^ expected)}")
        with torch.no_grad():
            for name, parameter in names.items():
                parameter.copy_(weights[name].view_as(parameter))

    def forward(self, batch):
        y = self.score(self.fields(batch), batch).squeeze(1)
        return y if self.linear is None else y + self.linear(batch).sum(1)


class DeepFm(Backbone):
    first_order = "fields"

    def build(self, width, dropout):
        self.mlp = Mlp(width, self.network["mlp"], dropout)
        self.output = nn.Linear(self.mlp.width, 1)

    def score(self, x, batch):
        fields = x.view(len(x), self.fields.count, -1)
        machine = 0.5 * (fields.sum(1).square() - fields.square().sum(1)).sum(1, keepdim=True)
        return machine + self.output(self.mlp(x))


class XDeepFm(Backbone):
    """Interaction layers are convolutions of width 1 over the embedding's elements, as usual; tuned: one matrix product."""

    first_order = "fields"

    def build(self, width, dropout):
        self.cin = nn.ModuleList()
        before, pooled, maps, split = self.fields.count, 0, self.network["maps"], self.network["split"]
        for i, count in enumerate(maps):
            self.cin.append(nn.Conv1d(before * self.fields.count, count, 1))
            halved = split and i < len(maps) - 1
            before = count // 2 if halved else count
            pooled += count - before if halved else count
        self.cin_output = nn.Linear(pooled, 1)
        further = [1] if self.network["activatedOutput"] else []
        self.mlp = Mlp(width, self.network["mlp"], dropout, further)
        self.output = None if further else nn.Linear(self.mlp.width, 1)

    def score(self, x, batch):
        crossed = self.cin_output(self.elements(x) if self.style.bags else self.convolutions(x))
        deep = self.mlp(x)
        return crossed + (deep if self.output is None else self.output(deep))

    def parts(self, y, i, dim):
        if self.network["split"] and i < len(self.cin) - 1:
            return y.split(y.shape[dim] // 2, dim)
        return y, y

    def activate(self, y):
        return torch.relu(y) if self.network["activation"] == "RELU" else y

    def convolutions(self, x):
        x0 = x.view(len(x), self.fields.count, -1)
        maps, pooled = x0, []
        for i, layer in enumerate(self.cin):
            z = torch.einsum("bhd,bmd->bhmd", x0, maps).flatten(1, 2)
            maps, out = self.parts(self.activate(layer(z)), i, 1)
            pooled.append(out.sum(2))
        return torch.cat(pooled, 1)

    def elements(self, x):
        x0 = x.view(len(x), self.fields.count, -1).transpose(0, 1).reshape(self.fields.count, -1)
        maps, pooled = x0, []
        for i, layer in enumerate(self.cin):
            z = (x0.unsqueeze(1) * maps.unsqueeze(0)).flatten(0, 1)
            y = torch.addmm(layer.bias.unsqueeze(1), layer.weight.squeeze(2), z)
            maps, out = self.parts(self.activate(y), i, 0)
            pooled.append(out.view(len(out), len(x), -1).sum(2))
        return torch.cat(pooled, 0).t()


class AutoInt(Backbone):
    renames = {**Backbone.renames, "in_proj_": "", "out_proj.": "output."}

    def build(self, width, dropout):
        settings = self.network
        size = settings["attentionSize"]
        if settings["form"] != "TRANSFORMER":
            sys.exit("only the form of the published settings is known here")
        self.input = nn.Linear(self.fields.dimension, size)
        rate = settings["attentionDropout"] if dropout else 0.0
        self.attention = nn.ModuleList(
            nn.MultiheadAttention(size, settings["heads"], dropout=rate, batch_first=True)
            for _ in range(settings["layers"]))
        self.residual = nn.Linear(self.fields.dimension, size)
        self.output = nn.Linear(self.fields.count * size, 1)
        self.mlp = Mlp(width, settings["mlp"], dropout)
        self.deep_output = nn.Linear(self.mlp.width, 1)

    def score(self, x, batch):
        fields = x.view(len(x), self.fields.count, -1)
        y = self.input(fields)
        for layer in self.attention:
            y, _ = layer(y, y, y, need_weights=False)
        y = torch.relu(y + self.residual(fields))
        return self.output(y.flatten(1)) + self.deep_output(self.mlp(x))


class CrossVectors(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.layers = nn.ModuleList(
            nn.ParameterDict({"weight": torch.empty(1, width), "bias": torch.empty(width)}) for _ in range(layers))

    def forward(self, x0):
        x = x0
        for layer in self.layers:
            x = x0 * F.linear(x, layer["weight"]) + layer["bias"] + x
        return x


class Dcnv1(Backbone):
    def build(self, width, dropout):
        self.cross = CrossVectors(width, self.network["crossLayers"])
        self.mlp = Mlp(width, self.network["mlp"], dropout)
        self.output = nn.Linear(width + self.mlp.width, 1)

    def score(self, x, batch):
        return self.output(torch.cat([self.cross(x), self.mlp(x)], 1))


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


class Dcnv2(Backbone):
    """Parallel: a linear layer reads cross network and perceptron."""

    def build(self, width, dropout):
        settings = self.network
        self.cross = CrossMixture(width, settings["crossLayers"], settings["experts"], settings["rank"])
        self.mlp = Mlp(width, settings["mlp"], dropout)
        self.output = nn.Linear(width + self.mlp.width, 1)

    def score(self, x, batch):
        return self.output(torch.cat([self.cross(x), self.mlp(x)], 1))


class Din(Backbone):
    """Histories padded to one length, as usual; tuned: to the longest of the batch."""

    sequence = True

    def build(self, width, dropout):
        each = (self.fields.count - 1) * self.fields.dimension
        sizes = [4 * each, *self.network["attention"]["units"], 1]
        self.attention = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.mlp = Mlp(width + each, self.network["mlp"], dropout)
        self.output = nn.Linear(self.mlp.width, 1)

    def score(self, x, batch):
        history = batch["history"]
        if self.style.bags:
            history = history[:, :max(1, int((history >= 0).sum(1).max()))]
        items = self.fields.sequence(history)
        target = x[:, self.fields.dimension:].unsqueeze(1).expand_as(items)
        y = torch.cat([target, items, target - items, target * items], 2)
        last = len(self.attention) - 1
        for i, layer in enumerate(self.attention):
            y = layer(y)
            if i < last and not (self.network["attention"]["linearLast"] and i == last - 1):
                y = torch.relu(y)
        weights = y.masked_fill((history < 0).unsqueeze(-1), 0)
        attended = (items * weights).sum(1)
        return self.output(self.mlp(torch.cat([x, attended], 1)))


BACKBONES = {"deepfm": DeepFm, "xdeepfm": XDeepFm, "autoint": AutoInt, "dcnv1": Dcnv1, "dcnv2": Dcnv2, "din": Din}


class Style:
    def __init__(self, name):
        self.loader = name == "loader"
        self.bags = self.fused = self.flush = name in ("tuned", "sparse", "products")
        self.sparse = name == "sparse"

    def optimizers(self, model, settings):
        rate, decay = settings["learningRate"], settings["weightDecay"]
        if not self.sparse:
            return [self.adam(model.parameters(), rate, decay)]
        tables = [p for name, p in model.named_parameters() if name.startswith(("fields.", "linear."))]
        network = [p for name, p in model.named_parameters() if not name.startswith(("fields.", "linear."))]
        return [torch.optim.SparseAdam(tables, lr=rate),
                self.adam(network, rate, decay)]

    def adam(self, parameters, rate, decay):
        # Before PyTorch 2.4 the fused kernel is for GPUs only.
        version = tuple(int(part) for part in torch.__version__.split(".")[:2])
        fast = {"fused": True} if version >= (2, 4) else {"foreach": True}
        return torch.optim.Adam(parameters, lr=rate, weight_decay=decay, **(fast if self.fused else {}))


def train(model, optimizers, batches, steps, each_loss):
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
        losses.append(loss.item() if each_loss else loss.detach())
    return [float(loss) for loss in losses]


class Products(TorchDispatchMode):
    """Notes the operands of every matrix product, those of the backward pass too."""

    FIRST = {torch.ops.aten.mm.default: 0, torch.ops.aten.bmm.default: 0, torch.ops.aten.addmm.default: 1,
             torch.ops.aten.baddbmm.default: 1}

    def __init__(self):
        super().__init__()
        self.operands = []

    def __torch_dispatch__(self, function, types, arguments=(), named=None):
        if function in self.FIRST:
            first = self.FIRST[function]
            self.operands.append(tuple(matrix.detach() for matrix in arguments[first:first + 2]))
        return function(*arguments, **(named or {}))


def products(model, batches, steps):
    """Operands and places for results of the products of as many steps."""
    noted = []
    for batch in batches:
        if len(noted) == steps:
            break
        # Attention as two products: the fused kernel makes the same ones inside.
        attention = sdpa_kernel(SDPBackend.MATH) if sdpa_kernel else contextlib.nullcontext()
        with Products() as products, attention:
            F.binary_cross_entropy_with_logits(model(batch), batch["label"]).backward()
        noted.append([(a, b, a.new_empty((*a.shape[:-1], b.shape[-1]))) for a, b in products.operands])
    return noted


def multiply(steps):
    for operands in steps:
        for a, b, result in operands:
            torch.matmul(a, b, out=result)


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("folder")
    parse.add_argument("--style", choices=["loader", "eager", "tuned", "sparse", "products"], default="eager")
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
    model = BACKBONES[data.settings["backbone"]](data, style, not options.check)
    model.train()
    optimizers = style.optimizers(model, data.settings)
    each_loss = not style.bags
    answer = {"torch": torch.__version__, "parameters": sum(p.numel() for p in model.parameters())}
    if options.check:
        batches = data.slices(options.batch, torch.arange(len(data.labels)))
        answer["losses"] = train(model, optimizers, batches, options.steps, True)
    elif options.style == "products":
        noted = products(model, data.batches(options.batch, False), 4)
        rounds = max(1, options.steps // len(noted))
        with torch.no_grad():
            multiply(noted * max(1, options.warmup // len(noted)))
            start, processor = time.perf_counter(), time.process_time()
            multiply(noted * rounds)
        answer.update(seconds=time.perf_counter() - start, processorSeconds=time.process_time() - processor,
                      steps=rounds * len(noted))
        answer["operations"] = sum(2 * a.numel() * b.shape[-1] for a, b, _ in noted[0])
    else:
        train(model, optimizers, data.batches(options.batch, style.loader), options.warmup, each_loss)
        start, processor = time.perf_counter(), time.process_time()
        losses = train(model, optimizers, data.batches(options.batch, style.loader), options.steps, each_loss)
        answer.update(seconds=time.perf_counter() - start, processorSeconds=time.process_time() - processor,
                      steps=len(losses), meanLoss=float(np.mean(losses)))
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
