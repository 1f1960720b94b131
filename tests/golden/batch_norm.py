"""
Writes cases/batch-norm.json: batch norm in training and inference, and dropout that is off, by torch.nn in double precision.

    python3 tests/golden/batch_norm.py        (PyTorch 1.13 made the file that is there)

The network: batch norm of the images, ReLU, a 1 x 1 convolution, batch norm, ReLU, dropout, a dense layer. Two batches in training with
dropout p = 0: logits, gradients of a given linear function of these, running statistics after each. Then inference with dropout p = 0.5,
which must do nothing, and the running statistics. The cases are those in which batch norms go wrong: few rows, one image, images of one
pixel, a mean far from zero, a variance as small as epsilon.

No input of a ReLU lies within MARGIN of zero, where single precision might open one that double does not.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

CHANNELS, WIDTH, CLASSES, STEPS = 3, 4, 3, 2
MARGIN = 1e-3
CASES = [
    {"name": "several images", "shape": [4, 5, 3], "mean": 0.0, "deviation": 1.0},
    {"name": "one image", "shape": [1, 4, 4], "mean": 0.0, "deviation": 1.0},
    {"name": "three images of one pixel", "shape": [3, 1, 1], "mean": 0.0, "deviation": 1.0},
    {"name": "a variance as small as epsilon", "shape": [2, 2, 1], "mean": 0.0, "deviation": 0.003},
    {"name": "a mean of twenty deviations", "shape": [4, 3, 3], "mean": 10.0, "deviation": 0.5},
]


def flat(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def single(tensor):
    """Rounded to single precision, so that the studio begins with the same numbers."""
    return tensor.float().double()


class Network(torch.nn.Module):
    """Images [N, C, y, x]; the dense layer reads [y, x, C] as the studio flattens it."""

    def __init__(self, pixels):
        super().__init__()
        self.first, self.second = torch.nn.BatchNorm2d(CHANNELS), torch.nn.BatchNorm2d(WIDTH)
        self.conv = torch.nn.Conv2d(CHANNELS, WIDTH, 1, bias=False)
        self.dense = torch.nn.Linear(pixels * WIDTH, CLASSES)
        self.double()
        with torch.no_grad():
            for norm in (self.first, self.second):
                norm.weight.uniform_(0.5, 1.5)
                norm.bias.uniform_(-0.5, 0.5)
            for weight in self.parameters():
                weight.copy_(single(weight))

    def forward(self, x):
        self.margin = float("inf")
        y = self.rectified(self.second(self.conv(self.rectified(self.first(x)))))
        y = F.dropout(y, 0.0 if self.training else 0.5, self.training)
        return self.dense(y.permute(0, 2, 3, 1).flatten(1))

    def rectified(self, y):
        self.margin = min(self.margin, y.detach().abs().min().item())
        return F.relu(y)

    def tensors(self, of):
        """Weights, or what belongs to them, by the studio's names and in its layouts."""
        return {
            "first/gamma": flat(of(self.first.weight)),
            "first/beta": flat(of(self.first.bias)),
            "conv/kernel": flat(of(self.conv.weight).permute(2, 3, 1, 0)),
            "second/gamma": flat(of(self.second.weight)),
            "second/beta": flat(of(self.second.bias)),
            "dense/kernel": flat(of(self.dense.weight).t()),
            "dense/bias": flat(of(self.dense.bias)),
        }

    def statistics(self):
        norms = {"first": self.first, "second": self.second}
        found = {}
        for name, norm in norms.items():
            found[f"{name}/mean"] = flat(norm.running_mean)
            found[f"{name}/variance"] = flat(norm.running_var)
        return found


def images_of(case):
    batch, height, width = case["shape"]
    drawn = torch.randn(batch, height, width, CHANNELS, dtype=torch.float64)
    return single(drawn * case["deviation"] + case["mean"])


def training_step(network, case):
    x = images_of(case)
    logits = network(x.permute(0, 3, 1, 2))
    d_logits = single(torch.randn(logits.shape, dtype=torch.float64))
    network.zero_grad()
    logits.backward(d_logits)
    return network.margin, {
        "images": flat(x),
        "logits": flat(logits),
        "dLogits": flat(d_logits),
        "gradients": network.tensors(lambda weight: weight.grad),
        "statistics": network.statistics(),
    }


def attempt(case, seed):
    """The case, and how far the inputs of its ReLUs stay away from zero."""
    torch.manual_seed(seed)
    _, height, width = case["shape"]
    network = Network(height * width)
    margins, steps = zip(*(training_step(network, case) for _ in range(STEPS)))
    network.eval()
    x = images_of(case)
    logits = network(x.permute(0, 3, 1, 2))
    inference = {"images": flat(x), "logits": flat(logits)}
    found = {**case, "weights": network.tensors(lambda weight: weight), "steps": steps, "inference": inference}
    return min(*margins, network.margin), found


def make(case):
    seed = 0
    while True:
        margin, found = attempt(case, seed)
        if margin > MARGIN:
            return found
        seed += 1


def main():
    found = {"torch": torch.__version__, "channels": CHANNELS, "width": WIDTH, "classes": CLASSES}
    path = pathlib.Path(__file__).parent / "cases" / "batch-norm.json"
    path.write_text(json.dumps({**found, "cases": [make(case) for case in CASES]}, separators=(",", ":")) + "\n")


main()
