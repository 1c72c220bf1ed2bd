"""The encoder (a post-norm BERT) and its heads."""
import torch
import torch.nn.functional as F
from torch import nn

TYPES = ['PER', 'ORG', 'LOC', 'MISC']
LABELS = ['O'] + [f'{p}-{t}' for t in TYPES for p in 'BI']      # every head has these nine
HEADS = ['guide', 'anercorp', 'wiki', 'wojood']                # the first two ship
CLITICS = 4                                                    # proclitic characters before a name: 0, 1, 2, 3 and more


def attention(q, k, v, mask):
    """What F.scaled_dot_product_attention computes. Its own way back takes a third of a step's time on processors that multiply
    tiles."""
    return ((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + mask).softmax(-1) @ v


def dropped(x, chance):
    """Dropout, of a chance in 256ths, from random bytes: a number of 63 bits has seven of them, and F.dropout takes one for each."""
    if not chance:
        return x
    cut = round(chance * 256)
    numbers = torch.empty(-(-x.numel() // 7), dtype=torch.int64).random_()
    random = numbers.view(torch.uint8).view(-1, 8)[:, :7].reshape(-1)[:x.numel()].view(x.shape)
    return x * (random >= cut) * (256 / (256 - cut))


class Layer(nn.Module):
    def __init__(self, hidden, heads, ff, eps, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.up, self.down = nn.Linear(hidden, ff), nn.Linear(ff, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps), nn.LayerNorm(hidden, eps)

    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        drop = self.dropout if self.training else 0.0
        a = attention(q, k, v, mask) if self.training else F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = self.out(a.transpose(1, 2).reshape(b, n, h))
        x = self.norm1(x + dropped(a, drop))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + dropped(y, drop))


class Network(nn.Module):
    def __init__(self, pieces, hidden=384, layers=12, heads=12, ff=1536, positions=256, eps=1e-12, dropout=0.1):
        super().__init__()
        self.dropout = dropout
        self.word = nn.Embedding(pieces, hidden)
        self.pos = nn.Parameter(torch.zeros(positions, hidden))
        self.kind = nn.Parameter(torch.zeros(hidden))
        self.norm = nn.LayerNorm(hidden, eps)
        self.layers = nn.ModuleList(Layer(hidden, heads, ff, eps, dropout) for _ in range(layers))
        self.head = nn.ModuleDict({name: nn.Linear(hidden, len(LABELS)) for name in HEADS})
        self.clitic = nn.Linear(hidden, CLITICS)
        for linear in [*self.head.values(), self.clitic]:
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.zeros_(linear.bias)

    def encode(self, ids, mask, noise=None):
        """ids [b, n], mask [b, n] of 0 and 1 -> [b, n, hidden]."""
        x = self.norm(self.word(ids) + self.pos[:ids.shape[1]] + self.kind)
        if self.training:
            x = dropped(x, self.dropout)
        keep = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        if torch.is_autocast_enabled('cpu'):
            keep, x = keep.bfloat16(), x.bfloat16()
        for layer in self.layers:
            x = layer(x, keep)
        return x


def load(path, pieces=None):
    state = torch.load(path, map_location='cpu', weights_only=True)
    net = Network(state['word.weight'].shape[0], positions=state['pos'].shape[0])
    net.load_state_dict(state)
    return net
