"""A network of MCN Studio in PyTorch, written as anybody would write it down.

The description is the studio's lowered network: primitives in topological order, with resolved shapes, and the list of its weights. A
modulated convolution is an ordinary one with reconstructed filters Q = C^ M (Eq. 4, 5). Feature tensors are NCHW in torch's terms; the
studio's channel = map * K + plane is the channel axis as it is.
"""

import torch
import torch.nn.functional as F


def same_padding(size, window, stride):
    """TensorFlow's SAME padding of one axis: zeros (before, after)."""
    out = -(-size // stride)
    total = max((out - 1) * stride + window - size, 0)
    return total // 2, total - total // 2


def paddings(x, window, stride):
    """SAME padding of both axes as F.pad wants it: (left, right, top, bottom)."""
    top, bottom = same_padding(x.shape[2], window, stride)
    left, right = same_padding(x.shape[3], window, stride)
    return left, right, top, bottom


def is_even(pads):
    """Whether an operation can pad by itself, alike on both sides, without a padded copy."""
    left, right, top, bottom = pads
    return left == right and top == bottom


def convolve(x, filters, stride):
    pads = paddings(x, filters.shape[2], stride)
    if is_even(pads):
        return F.conv2d(x, filters, stride=stride, padding=(pads[2], pads[0]))
    return F.conv2d(F.pad(x, pads), filters, stride=stride)


def max_pool(x, size, stride):
    pads = paddings(x, size, stride)
    if is_even(pads) and 2 * max(pads) <= size:
        return F.max_pool2d(x, size, stride, padding=(pads[2], pads[0]))
    return F.max_pool2d(F.pad(x, pads, value=float("-inf")), size, stride)


def average_pool(x, size, stride):
    """Mean of every window; padding is not counted."""
    pads = paddings(x, size, stride)
    if is_even(pads) and 2 * max(pads) <= size:
        return F.avg_pool2d(x, size, stride, padding=(pads[2], pads[0]), count_include_pad=False)
    share = F.avg_pool2d(F.pad(torch.ones_like(x[:1, :1]), pads), size, stride)
    return F.avg_pool2d(F.pad(x, pads), size, stride) / share


def nearest_center(latent, centers):
    """C^ (Eq. 6): every weight replaced by its nearest center, the higher one on a tie."""
    nearest = torch.full_like(latent, centers[0].item())
    for lower, higher in zip(centers, centers[1:]):
        nearest = torch.where((latent - lower).abs() < (latent - higher).abs(), nearest, higher)
    return nearest


def start_value(spec):
    """A weight as the studio draws it at the start, in the studio's layout."""
    start, shape = spec["initializer"], spec["shape"]
    kind = start["kind"]
    if kind == "he-normal":
        return torch.randn(shape) * (2 / start["fanIn"]) ** 0.5
    if kind == "m-filter":
        return torch.rand(shape) + 0.5
    if kind == "uniform":
        return (torch.rand(shape) * 2 - 1) * start["bound"]
    if kind == "constant":
        return torch.full(shape, float(start["value"]))
    raise ValueError(f"unknown initializer {kind}")


def floats(values):
    """Numbers of JSON, where whole ones look like integers."""
    return torch.tensor(values, dtype=torch.float32)


def to_torch(value):
    """Filters [y, x, in, out] to torch's [out, in, y, x]; everything else stays."""
    return value.permute(3, 2, 0, 1).contiguous() if value.dim() == 4 else value


def to_studio(value):
    """The way back."""
    return value.permute(2, 3, 1, 0).contiguous() if value.dim() == 4 else value


class TorchNetwork:
    """Weights and layers of one network; `run` is its forward pass."""

    def __init__(self, nodes, specs, given=None):
        """
        nodes: of the lowered network; specs: name, role, shape and start of every weight; given: flat weights and ascending centers by
        name, drawn and taken from quantiles when absent.
        """
        self.nodes = nodes
        self.specs = specs
        self.weights = {}
        for spec in specs:
            value = floats(given["weights"][spec["name"]]).reshape(spec["shape"]) if given else start_value(spec)
            self.weights[spec["name"]] = to_torch(value).requires_grad_(spec["trainable"])
        binary = [node for node in nodes if node["type"] == "mcconv" and node["values"]["binary"]]
        self.centers = {
            node["id"]: floats(given["centers"][node["id"]]) if given else self.fit_centers(node) for node in binary
        }
        sources = [source for node in nodes for source in node["inputs"]]
        self.read_once = {source for source in sources if sources.count(source) == 1}
        self.types = {node["id"]: node["type"] for node in nodes}

    def fit_centers(self, node):
        """Quantiles (i + 1/2) / n of the latent weights: where the studio's k-means starts."""
        values = self.weights[node["id"] + "/C"].detach().flatten().sort().values
        count = node["values"]["centers"]
        return torch.stack([values[int((i + 0.5) / count * (len(values) - 1))] for i in range(count)])

    def to_format(self, memory_format):
        """Lays all filters out as the images are going to be."""
        for value in self.weights.values():
            if value.dim() == 4:
                value.data = value.data.contiguous(memory_format=memory_format)

    def binary(self):
        """C^ of every binary layer, without gradient."""
        with torch.no_grad():
            return {id: nearest_center(self.weights[id + "/C"], centers) for id, centers in self.centers.items()}

    def run(self, x, binary, training):
        """Logits [batch, classes] of images [batch, channels, height, width]."""
        outputs = {}
        for node in self.nodes:
            inputs = [outputs[source] for source in node["inputs"]] or [x]
            outputs[node["id"]] = y = self.layer(node, inputs, binary, training)
        return y.flatten(1)

    def layer(self, node, inputs, binary, training):
        id, type, values, x = node["id"], node["type"], node["values"], inputs[0]
        if type in ("input", "output"):
            return x
        if type == "mcconv":
            return convolve(x, self.reconstructed(id, binary), values["stride"])
        if type == "conv":
            return convolve(x, self.weights[id + "/kernel"], values["stride"])
        if type == "batchnorm":
            return self.batch_norm(id, x, training)
        if type == "relu":
            source = node["inputs"][0]
            return F.relu(x, inplace=source in self.read_once and self.types[source] == "batchnorm")
        if type == "maxpool":
            return max_pool(x, values["size"], values["stride"])
        if type == "avgpool":
            return average_pool(x, values["size"], values["stride"])
        if type == "globalavgpool":
            return x.mean((2, 3), keepdim=True)
        if type == "padmaps":
            return F.pad(x, (0, 0, 0, 0, 0, node["shape"][2] - x.shape[1]))
        if type == "add":
            return sum(inputs[1:], x)
        if type == "concat":
            return torch.cat(inputs, 1)
        if type == "dropout":
            return F.dropout(x, values["rate"], training)
        if type == "flatten":
            return x.permute(0, 2, 3, 1).reshape(x.shape[0], -1, 1, 1)
        if type == "dense":
            y = torch.addmm(self.weights[id + "/bias"], x.flatten(1), self.weights[id + "/kernel"])
            return y[:, :, None, None]
        raise ValueError(f"the peer has no layer {type}")

    def reconstructed(self, id, binary):
        """Q [H * K, G * K, W, W]; C^ hands its gradient on to C unchanged (straight-through, Eq. 12)."""
        latent, m = self.weights[id + "/C"], self.weights[id + "/M"]
        chat = latent + (binary[id] - latent).detach() if id in binary else latent
        return (chat.unsqueeze(1) * m[None, :, None]).flatten(0, 1)

    def batch_norm(self, id, x, training):
        mean, variance, gamma, beta = (self.weights[f"{id}/{name}"] for name in ("mean", "variance", "gamma", "beta"))
        return F.batch_norm(x, mean, variance, gamma, beta, training)

    def filter_loss(self, binary):
        """1/2 sum over layers, filters and planes of || C - C^ M ||^2, C^ being a constant (mcn.md, section 4)."""
        total = 0
        for id, chat in binary.items():
            latent, m = self.weights[id + "/C"], self.weights[id + "/M"]
            total = total + (latent.unsqueeze(1) - chat.unsqueeze(1) * m[None, :, None]).square().sum() / 2
        return total
