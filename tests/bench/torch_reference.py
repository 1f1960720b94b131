"""The peer of the benchmarks: trains a network of MCN Studio with PyTorch, one step for each line that asks for it.

With --check: one line {"version", "blas"} and the end. Otherwise JSON lines on stdin, each answered by one on stdout. The first line is

  {"network", "weights", "settings", "rates", "batch", "threads", "format", "given"}          -> {"ready", "version"}

network: the studio's lowered network; weights: name, role, shape, decay and start of each; settings: the studio's training settings;
rates: {"filters", "modulation"}; format: "contiguous" or "channels_last"; given: null, or weights, centers and images as flat lists in
the studio's layouts (what is not given is drawn). Then

  {"cmd": "step"}      one training step                        -> {"ms", "loss", "peakBytes"}
  {"cmd": "logits"}    inference, running statistics            -> {"logits"}
  {"cmd": "weights"}   the weights in the studio's layouts      -> {"weights"}
"""

import json
import resource
import sys
import time

import torch
import torch.nn.functional as F

from torch_network import TorchNetwork, floats, to_studio

FORMATS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}

# getrusage counts in KiB, on a Mac in bytes.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


def blas_in_use():
    """The library that multiplies matrices: "reference" is Debian's slow one; None where that is not told."""
    try:
        with open("/proc/self/maps") as maps:
            text = maps.read()
    except OSError:
        return None
    if "openblas" in text:
        return "OpenBLAS"
    return "reference" if "/blas/libblas" in text else None


class Trainer:
    """A network, a batch and an optimizer."""

    def __init__(self, start):
        torch.manual_seed(0)
        self.settings = start["settings"]
        memory_format = FORMATS[start["format"]]
        if self.settings["filterLossForm"] != "per-plane":
            raise ValueError("the peer has the filter loss per plane only")
        given = start["given"]
        self.network = TorchNetwork(start["network"]["nodes"], start["weights"], given)
        self.network.to_format(memory_format)
        height, width, channels = self.network.nodes[0]["shape"]
        shape = (start["batch"], height, width, channels)
        images = torch.randn(shape) if given is None else floats(given["images"]).reshape(shape)
        self.images = images.permute(0, 3, 1, 2).contiguous(memory_format=memory_format)
        self.labels = torch.arange(start["batch"]) % self.network.nodes[-1]["shape"][2]
        self.modulation = [weight for spec, weight in self.trainable() if spec["role"] == "modulation"]
        self.optimizer = self.make_optimizer(start["rates"])

    def trainable(self):
        return [(spec, self.network.weights[spec["name"]]) for spec in self.network.specs if spec["trainable"]]

    def make_optimizer(self, rates):
        """Nesterov momentum: decay for those weights that have one, a rate of their own for M-Filters."""
        settings = self.settings
        others = [(spec, weight) for spec, weight in self.trainable() if spec["role"] != "modulation"]
        groups = [
            {"params": [weight for spec, weight in others if spec["decay"]], "weight_decay": settings["weightDecay"]},
            {"params": [weight for spec, weight in others if not spec["decay"]]},
            {"params": self.modulation, "lr": rates["modulation"]},
        ]
        return torch.optim.SGD([g for g in groups if g["params"]], lr=rates["filters"], momentum=settings["momentum"], nesterov=True)

    def step(self):
        began = time.perf_counter()
        self.optimizer.zero_grad(set_to_none=True)
        binary = self.network.binary()
        logits = self.network.run(self.images, binary, True)
        loss = F.cross_entropy(logits, self.labels)
        if binary and self.settings["filterLoss"] > 0:
            loss = loss + self.settings["filterLoss"] * self.network.filter_loss(binary)
        loss.backward()
        self.optimizer.step()
        with torch.no_grad():
            for m in self.modulation:
                m.abs_()
        value = loss.item()
        milliseconds = (time.perf_counter() - began) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT
        return {"ms": milliseconds, "loss": value, "peakBytes": peak}

    def logits(self):
        with torch.no_grad():
            return {"logits": self.network.run(self.images, self.network.binary(), False).flatten().tolist()}

    def weights(self):
        weights = self.network.weights.items()
        return {"weights": {name: to_studio(value.detach()).flatten().tolist() for name, value in weights}}


def answer(line):
    print(json.dumps(line), flush=True)


def main():
    if sys.argv[1:] == ["--check"]:
        answer({"version": torch.__version__, "blas": blas_in_use()})
        return
    start = json.loads(sys.stdin.readline())
    torch.set_num_threads(start["threads"])
    trainer = Trainer(start)
    answer({"ready": True, "version": torch.__version__})
    commands = {"step": trainer.step, "logits": trainer.logits, "weights": trainer.weights}
    for line in sys.stdin:
        answer(commands[json.loads(line)["cmd"]]())


main()
