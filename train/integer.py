"""The network as the reader computes it: int8 weights (one scale an output, 63 steps), u8 inputs (one scale and zero point a
token), int8 word rows. Used to measure what the integers cost."""
import torch
import torch.nn.functional as F

import network


def rows(w, top):
    scale = w.abs().amax(1, keepdim=True).clamp_min(1e-12) / top
    return (w / scale).round().clamp(-top, top) * scale


def tokens(x):
    lo, hi = x.amin(-1, keepdim=True).clamp_max(0), x.amax(-1, keepdim=True).clamp_min(0)
    s = ((hi - lo) / 255).clamp_min(1e-12)
    z = (-lo / s).round()
    return (((x / s).round() + z).clamp(0, 255) - z) * s


class Linear(torch.nn.Linear):
    def forward(self, x):
        return F.linear(tokens(x), self.weight, self.bias)


def symmetric(x, dim):
    s = x.abs().amax(dim, keepdim=True).clamp_min(1e-12) / 63
    return (x / s).round() * s


def attention(q, k, v, attn_mask=None):
    """Padding is zeroed before v's column scale is taken: a window alone has none."""
    if attn_mask is not None:
        v = v * (attn_mask.transpose(-1, -2) == 0)
    q, k, v = tokens(q * q.shape[-1] ** -0.5), symmetric(k, -1), symmetric(v, -2)
    a = q @ k.transpose(-1, -2)
    return torch.softmax(a if attn_mask is None else a + attn_mask, -1) @ v


class Layer(network.Layer):
    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        a = attention(q, k, v, mask)
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, n, h)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


@torch.no_grad()
def of(net):
    """Changes net in place."""
    net.word.weight.copy_(rows(net.word.weight, 127))
    for layer in net.layers:
        layer.__class__ = Layer
        for name in ('qkv', 'out', 'up', 'down'):
            linear = getattr(layer, name)
            linear.weight.copy_(rows(linear.weight, 63))
            linear.__class__ = Linear
    return net
