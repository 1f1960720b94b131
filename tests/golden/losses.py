"""
Writes cases/losses.json: the losses of mcn.md, section 4, and their gradients in double precision, by autograd where there is a loss.

    python3 tests/golden/losses.py        (PyTorch 1.13 made the file that is there)

Filters are drawn in the engine's layout C [y, x, G*K, H] and M [K, y, x]; the formulas here reorder them and follow the text literally:
Q of Eq. 4 and 5 is built, planes and filters are summed one by one. C^ and class means are constants in every loss.
"""

import json
import pathlib

import torch

K, G, H, W = 3, 2, 4, 3
CENTERS = [-0.3, 0.05, 0.25]
ETA1 = 0.07


def flat(tensor):
    """Rounded to single precision, which is what the studio computes in."""
    return [float(f"{value:.9g}") for value in tensor.detach().float().flatten().tolist()]


def literal(values):
    """From the engine's [y, x, G*K, H] to [H, G, K, y, x]."""
    return values.reshape(W, W, G, K, H).permute(4, 2, 3, 0, 1)


def nearest(latent):
    """C^ (Eq. 6): nearest center, the higher one on a tie."""
    chosen = torch.empty_like(latent)
    for at, value in enumerate(latent.flatten().tolist()):
        distances = [abs(value - center) for center in CENTERS]
        chosen.view(-1)[at] = CENTERS[max(i for i, d in enumerate(distances) if d == min(distances))]
    return chosen


def softmax_case():
    logits = (torch.randn(5, 7) * 3).double().requires_grad_()
    labels = torch.tensor([6, 0, 3, 3, 2])
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    correct = int((logits.argmax(1) == labels).sum())
    return {
        "logits": flat(logits),
        "labels": labels.tolist(),
        "classes": 7,
        "loss": loss.item(),
        "dLogits": flat(logits.grad),
        "correct": correct,
    }


def filter_losses(c, chat, m):
    """Both forms of L_filter for theta = 1, and their gradients to C and M, in the engine's layout."""
    found = {}
    for form in ("per-plane", "summed"):
        c.grad = m.grad = None
        filters, binary, loss = literal(c), literal(chat), 0
        for h in range(H):
            for g in range(G):
                planes = [binary[h, g] * m[j] for j in range(K)]
                if form == "per-plane":
                    loss = loss + sum(((filters[h, g] - plane) ** 2).sum() for plane in planes) / 2
                else:
                    loss = loss + ((filters[h, g] - sum(planes)) ** 2).sum() / 2
        loss.backward()
        found[form] = {"value": loss.item(), "dC": flat(c.grad), "dM": flat(m.grad)}
    return found


def discrete_terms(c, chat, d_chat):
    """theta times the term for theta = 1: as printed, literally; as a descent, the gradient of 1/2 || C^ + eta1 dC^ - C ||^2."""
    c.grad = None
    loss = ((chat + ETA1 * d_chat - c) ** 2).sum() / 2
    loss.backward()
    printed = chat + ETA1 * d_chat - c
    return {"rate": ETA1, "value": loss.item(), "printed": flat(printed), "descent": flat(c.grad)}


def center_steps():
    """Three batches: a class begins with the mean of its first batch; one class never appears."""
    classes, features, means, steps = 4, 5, {}, []
    for labels in ([0, 1, 1, 2, 0, 1], [1, 1, 0, 0, 0], [2, 0, 1, 2, 2, 2]):
        f = torch.randn(len(labels), features).double().requires_grad_()
        batch = {y: f.detach()[[i for i, label in enumerate(labels) if label == y]].mean(0) for y in set(labels)}
        for y, mean in batch.items():
            means.setdefault(y, mean)
        loss = sum(((f[i] - means[y]) ** 2).sum() for i, y in enumerate(labels)) / 2 / len(labels)
        loss.backward()
        means.update({y: means[y] + 0.5 * (mean - means[y]) for y, mean in batch.items()})
        after = {str(y): flat(mean) for y, mean in sorted(means.items())}
        steps.append({"features": flat(f), "labels": labels, "value": loss.item(), "dFeatures": flat(f.grad), "means": after})
    return {"classes": classes, "features": features, "steps": steps}


def main():
    torch.manual_seed(11)
    softmax = softmax_case()
    c = (torch.randn(W, W, G * K, H) * 0.3).double().requires_grad_()
    m = (torch.rand(K, W, W) + 0.5).double().requires_grad_()
    d_chat = torch.randn(W, W, G * K, H).double()
    chat = nearest(c.detach()).float().double()
    found = {
        "torch": torch.__version__,
        "shape": {"K": K, "G": G, "H": H, "W": W},
        "softmax": softmax,
        "C": flat(c),
        "Chat": flat(chat),
        "M": flat(m),
        "dChat": flat(d_chat),
        "filter": filter_losses(c, chat, m),
        "discrete": discrete_terms(c, chat, d_chat),
        "center": center_steps(),
    }
    path = pathlib.Path(__file__).parent / "cases" / "losses.json"
    path.write_text(json.dumps(found, separators=(",", ":")) + "\n")


main()
