"""
Writes cases/mcn-20-step.json: one whole training step of mcn-20 in double precision, in training and then in inference.

    python3 tests/golden/mcn20.py        (PyTorch 1.13 made the file that is there; about 20 s)

The network is written down here from mcn.md, section 6, and nothing is taken from the studio: 16-16-32-64 maps, K = 4, three stages of
three basic blocks (Fig. 4 c), RGB + gray input, pre-activation, parameter-free shortcuts. Convolutions build Q (Eq. 4, 5) literally, the
rest is torch and its autograd. Loss: softmax cross-entropy, theta times the filter loss per plane, lambda times the center loss whose
means begin in this batch; in the other variants the printed discrete term and the latent gradient of M besides; both again on images of 8 x 8. Then one step of
SGD with Nesterov momentum, decay on C and the dense kernel.

A million weights are not committed: weights and images are `hashed`, a function of (seed, index) that the test has, too. Of every tensor
there are committed its largest entry, its norm, sixteen entries at even distances, and its product with hashed values in [-1, 1), which
no permutation of it has.

A ReLU whose input is next to zero may open in single precision and not in double, and one that does changes gradients by more than all
rounding: so biases of batch norms keep most channels far on either side, and images are taken whose ReLUs have no input within MARGIN.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

K, CLASSES, BATCH = 4, 10, 4
WIDTHS, BLOCKS = (16, 16, 32, 64), 3
LABELS = [3, 8, 3, 0]
MARGIN = 3e-6
THETA, LAMBDA, ETA1, ETA2, MOMENTUM, DECAY = 1e-3, 0.05, 0.1, 0.01, 0.9, 5e-4


def hashed(seed, count):
    """`count` values in [0, 1) with 24 bits each: a mixing of (seed, index) by multiplications modulo 2^32."""
    mask = 0xFFFFFFFF
    h = (torch.arange(count, dtype=torch.int64) + seed * 0x9E3779B1) & mask
    for factor in (0x7FEB352D, 0x846CA68B):
        h = ((h ^ (h >> 15)) * factor) & mask
    return (((h ^ (h >> 16)) >> 8).double() / 2**24)


class Network:
    """Weights by name, made when they are first asked for: the order of the layers numbers them."""

    def __init__(self):
        self.weights, self.kinds, self.running, self.binary = {}, {}, {}, {}
        self.training = True
        self.margin = float("inf")
        self.latent = False

    def weight(self, name, kind, shape, low, high):
        """Even between low and high; the size of a bias of batch norm, whose sign is drawn, too."""
        if name not in self.weights:
            count = int(torch.tensor(shape).prod())
            draws = hashed(len(self.weights) + 1, count)
            if kind == "beta":
                draws = torch.where(draws < 0.5, -(low + 2 * draws * (high - low)), low + (2 * draws - 1) * (high - low))
            else:
                draws = draws * (high - low) + low
            values = draws.float().double()
            self.weights[name] = values.reshape(shape).requires_grad_()
            self.kinds[name] = kind
        return self.weights[name]

    def mcconv(self, name, x, maps, stride):
        groups = x.shape[1] // K
        bound = (6 / (groups * K * 9)) ** 0.5
        c = self.weight(f"{name}/C", "C", (3, 3, groups * K, maps), -bound, bound)
        m = self.weight(f"{name}/M", "M", (K, 3, 3), 0.5, 1.5)
        if name not in self.binary:
            self.binary[name] = binarized(c.detach())
        chat = c + (self.binary[name] - c).detach()
        if self.latent:
            # Value of Q with C^, gradient of M with C (Eq. 16 as printed).
            q = outer(chat, m.detach()) + outer(c.detach(), m) - outer(c.detach(), m).detach()
        else:
            q = outer(chat, m)
        return F.conv2d(padded(x, stride), q, stride=stride)

    def normalized(self, name, x):
        """Batch norm and ReLU."""
        channels = x.shape[1]
        gamma = self.weight(f"{name}/gamma", "scale", (channels,), 0.5, 1.5)
        beta = self.weight(f"{name}/beta", "beta", (channels,), 3, 4)
        mean, variance = self.running.setdefault(name, (torch.zeros(channels).double(), torch.ones(channels).double()))
        y = F.batch_norm(x, mean, variance, gamma, beta, self.training, 0.1, 1e-5)
        self.margin = min(self.margin, y.detach().abs().min().item())
        return torch.relu(y)

    def block(self, name, x, maps, stride):
        """BN, ReLU, conv, BN, ReLU, conv, plus shortcut (Fig. 4 c)."""
        activated = self.normalized(f"{name}/bn1", x)
        y = self.mcconv(f"{name}/conv1", activated, maps, stride)
        y = self.normalized(f"{name}/bn2", y)
        y = self.mcconv(f"{name}/conv2", y, maps, 1)
        if stride == 1 and x.shape[1] == maps * K:
            return x + y
        # Average pool with SAME size and padding not counted: sizes here are even, so nothing is padded. New maps are zeros.
        pooled = F.avg_pool2d(activated, stride) if stride > 1 else activated
        return F.pad(pooled, (0, 0, 0, 0, 0, maps * K - pooled.shape[1])) + y

    def run(self, images):
        """Logits, and the global average that the center loss looks at."""
        y = self.mcconv("first", images, WIDTHS[0], 1)
        for stage, maps in enumerate(WIDTHS[1:], 1):
            for block in range(1, BLOCKS + 1):
                y = self.block(f"stage{stage}/block{block}", y, maps, 2 if stage > 1 and block == 1 else 1)
        feature = self.normalized("last", y).mean((2, 3))
        bound = feature.shape[1] ** -0.5
        kernel = self.weight("dense/kernel", "kernel", (feature.shape[1], CLASSES), -bound, bound)
        bias = self.weight("dense/bias", "bias", (CLASSES,), -bound, bound)
        return feature @ kernel + bias, feature


def outer(filters, m):
    """Q[h * K + k, c, y, x] = C[y, x, c, h] M[k, y, x]."""
    return torch.einsum("yxch,kyx->hkcyx", filters, m).flatten(0, 1)


def padded(x, stride):
    """TensorFlow's SAME for a 3 x 3 kernel: at stride 2 an even size is padded after only."""
    return F.pad(x, (1, 1, 1, 1) if stride == 1 else (0, 1, 0, 1))


def binarized(c):
    """C^ with two centers: Lloyd from the quantiles 1/4 and 3/4, centers kept in single precision; the higher one on a tie."""
    values = c.flatten().sort().values
    a, b = (quantile(values, share) for share in (0.25, 0.75))
    for _ in range(200):
        upper = values - a >= b - values
        found = values[~upper].mean(), values[upper].mean()
        if found == (a, b):
            break
        a, b = found
    a, b = a.float().double(), b.float().double()
    return torch.where((c - a).abs() < (c - b).abs(), a, b)


def quantile(values, share):
    position = share * (len(values) - 1)
    low = int(position)
    return values[low] + (position - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def images(seed, size):
    """[4, size, size, 4] as the network reads it: three hashed planes and their gray mean, in NCHW."""
    rgb = (hashed(seed, BATCH * size * size * 3) * 4 - 2).reshape(BATCH, size, size, 3)
    return torch.cat([rgb, rgb.mean(3, keepdim=True)], 3).float().double().permute(0, 3, 1, 2)


def losses(network, logits, feature):
    softmax = F.cross_entropy(logits, torch.tensor(LABELS))
    filters = 0
    for name, chat in network.binary.items():
        c, m = network.weights[f"{name}/C"], network.weights[f"{name}/M"]
        for plane in m:
            filters = filters + ((c - chat * plane[:, :, None, None]) ** 2).sum() / 2
    center = 0
    for label in set(LABELS):
        own = feature[[i for i, other in enumerate(LABELS) if other == label]]
        center = center + ((own - own.detach().mean(0)) ** 2).sum() / 2 / BATCH
    return softmax, filters, center


def find_images(size):
    """The first seed whose images keep every ReLU away from zero, in training."""
    seed = 1000
    while True:
        network = Network()
        with torch.no_grad():
            network.run(images(seed, size))
        if network.margin > MARGIN:
            return seed
        seed += 1


def step(size, latent, printed):
    """One training step and what it left; dC^ of the discrete term is all that reaches C^ through the network."""
    network, seed = Network(), find_images(size)
    network.latent = latent
    logits, feature = network.run(images(seed, size))
    softmax, filters, center = losses(network, logits, feature)
    names = list(network.weights)
    of_softmax = torch.autograd.grad(softmax + LAMBDA * center, network.weights.values(), retain_graph=True)
    of_filters = torch.autograd.grad(THETA * filters, network.weights.values(), allow_unused=True)
    gradients, discrete = {}, 0
    for name, own, other in zip(names, of_softmax, of_filters):
        gradients[name] = own if other is None else own + other
        if network.kinds[name] == "C" and printed:
            r = network.binary[name[:-2]] + ETA1 * own - network.weights[name].detach()
            discrete += (r**2).sum().item() / 2
            gradients[name] = gradients[name] + THETA * r
    after = {}
    for name, weight in network.weights.items():
        kind = network.kinds[name]
        g = gradients[name] + (DECAY if kind in ("C", "kernel") else 0) * weight.detach()
        moved = weight.detach() - (ETA2 if kind == "M" else ETA1) * (g + MOMENTUM * g)
        after[name] = moved.abs() if kind == "M" else moved
    running = {f"{name}/{what}": v for name, pair in network.running.items() for what, v in zip(("mean", "variance"), pair)}
    network.training = False
    inference, _ = network.run(images(seed, size))
    return {
        "size": size,
        "imageSeed": seed,
        "latent": latent,
        "printed": printed,
        "softmaxLoss": softmax.item(),
        "filterRaw": filters.item(),
        "centerRaw": center.item(),
        "discreteRaw": discrete,
        "gradients": digests(gradients),
        "after": digests(after),
        "running": digests(running),
        # Of the weights before the step, with the running statistics after it.
        "inference": inference.flatten().tolist(),
    }


def digests(tensors):
    found = {}
    for name, tensor in tensors.items():
        flat = tensor.detach().flatten()
        places = [i * len(flat) // 16 for i in range(16)]
        product = (flat * (hashed(7, len(flat)) * 2 - 1)).sum()
        found[name] = {
            "size": len(flat),
            "largest": flat.abs().max().item(),
            "norm": flat.norm().item(),
            "entries": [float(f"{v:.9g}") for v in flat[places].tolist()],
            "product": product.item(),
        }
    return found


def main():
    variants = [step(size, latent=other, printed=other) for size in (32, 8) for other in (False, True)]
    found = {"torch": torch.__version__, "variants": variants}
    path = pathlib.Path(__file__).parent / "cases" / "mcn-20-step.json"
    path.write_text(json.dumps(found, separators=(",", ":")) + "\n")


main()
