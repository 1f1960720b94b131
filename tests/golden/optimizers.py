"""
Writes cases/optimizers.json: ten steps of torch.optim's SGD (Nesterov, decay), Adam and Adadelta in double precision.

    python3 tests/golden/optimizers.py        (PyTorch 1.13 made the file that is there)

Three weights: C with L2 decay, beta without, both with rate eta1; M with eta2 and without decay, replaced by |M| after every step
(mcn.md, section 5). Gradients are given, the same for every method; their sizes go from 1e-7 to 1, so that epsilon matters, and one is 0.
"""

import json
import pathlib

import torch

STEPS = 10
SHAPES = {"C": [3, 3, 2, 2], "M": [2, 3, 3], "beta": [4]}
DECAY = 0.05
METHODS = {
    "sgd": (torch.optim.SGD, dict(momentum=0.9, nesterov=True), {"momentum": "momentum_buffer"}, 0.1, 0.05),
    "adam": (torch.optim.Adam, {}, {"first moment": "exp_avg", "second moment": "exp_avg_sq"}, 0.02, 0.05),
    "adadelta": (torch.optim.Adadelta, {}, {"mean squared gradient": "square_avg", "mean squared update": "acc_delta"}, 1.0, 5.0),
}


def flat(tensor):
    """Rounded to single precision, which is what the studio computes in."""
    return [float(f"{value:.9g}") for value in tensor.detach().float().flatten().tolist()]


def draw():
    """Starting weights, and a gradient of each for every step, that single precision can hold."""
    torch.manual_seed(7)
    start = {name: torch.randn(shape) for name, shape in SHAPES.items()}
    start["M"] = torch.rand(SHAPES["M"]) * 0.2
    gradients = []
    for _ in range(STEPS):
        step = {}
        for name, shape in SHAPES.items():
            count = start[name].numel()
            sizes = 10 ** torch.linspace(-7, 0, count).reshape(shape)
            step[name] = (torch.randn(shape) * 0.5 + 1) * sizes
            step[name].view(-1)[count // 2] = 0
        gradients.append(step)
    return start, gradients


def trajectory(method, start, gradients):
    make, options, slots, rate, modulation_rate = METHODS[method]
    weights = {name: values.double().clone().requires_grad_() for name, values in start.items()}
    optimizer = make(
        [
            {"params": [weights["C"]], "weight_decay": DECAY},
            {"params": [weights["beta"]]},
            {"params": [weights["M"]], "lr": modulation_rate},
        ],
        lr=rate,
        **options,
    )
    steps, folds = [], 0
    for step in gradients:
        for name, gradient in step.items():
            weights[name].grad = gradient.double()
        optimizer.step()
        with torch.no_grad():
            folds += int((weights["M"] < 0).sum())
            weights["M"].abs_()
        steps.append({name: flat(values) for name, values in weights.items()})
    assert folds > 0, f"{method}: no M was below zero, so |.| is not tried"
    return {
        "method": method,
        "learningRate": rate,
        "modulationRate": modulation_rate,
        "weightDecay": DECAY,
        "weights": steps,
        "slots": {
            slot: {name: flat(optimizer.state[values][key]) for name, values in weights.items()} for slot, key in slots.items()
        },
    }


def main():
    start, gradients = draw()
    found = {
        "torch": torch.__version__,
        "shapes": SHAPES,
        "start": {name: flat(values) for name, values in start.items()},
        "gradients": [{name: flat(values) for name, values in step.items()} for step in gradients],
        "trajectories": [trajectory(method, start, gradients) for method in METHODS],
    }
    path = pathlib.Path(__file__).parent / "cases" / "optimizers.json"
    path.write_text(json.dumps(found, separators=(",", ":")) + "\n")


main()
