"""Windows, batches and the training loop."""
import json
import math
import time

import numpy as np
import torch
import torch.nn.functional as F

import data
from network import CLITICS, HEADS, LABELS

BOS, PAD, EOS = 0, 1, 2
INDEX = {label: i for i, label in enumerate(LABELS)}


def encode_sentence(sentence, tokenizer):
    """-> piece ids, (piece index, label, clitic) per word."""
    ids, marks = [], []
    for word, label, clitic in sentence:
        marks.append((len(ids), INDEX.get(label, -1), min(clitic, CLITICS - 1)))       # -1: the corpus does not say
        ids.extend(tokenizer.word(word))
    return ids, marks


def chunks(ids, marks, room):
    """A sentence longer than the room is cut at a word."""
    start = 0
    while start < len(marks):
        end, base = start, marks[start][0]
        stop = lambda k: marks[k + 1][0] if k + 1 < len(marks) else len(ids)
        while end < len(marks) and stop(end) - base <= room:
            end += 1
        end = max(end, start + 1)
        last = marks[end][0] if end < len(marks) else len(ids)
        yield ids[base:last][:room], [(p - base, a, b) for p, a, b in marks[start:end] if p - base < room]
        start = end


def pack(sentences, tokenizer, room, rng=None, together=1.0):
    """Neighbouring sentences share a window of at most `room` pieces: <s> a </s> b </s>.
    -> [(ids, marks)]; with rng each sentence starts a new window with chance 1 - together."""
    out, ids, marks = [], [BOS], []
    for sentence in sentences:
        for part, ms in chunks(*encode_sentence(sentence, tokenizer), room - 2):
            fresh = rng is not None and rng.random() > together
            if len(ids) > 1 and (fresh or len(ids) + len(part) + 1 > room):
                out.append((ids, marks))
                ids, marks = [BOS], []
            marks.extend((p + len(ids), a, b) for p, a, b in ms)
            ids.extend(part)
            ids.append(EOS)
    if len(ids) > 1:
        out.append((ids, marks))
    return out


def batches(windows, budget, step=32):
    """[(head, ids, marks)] -> batches of about `budget` padded pieces, equal lengths together, in an order left to the caller."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i][1]), i))
    out, batch, width = [], [], 0
    for i in order:
        w = -(-len(windows[i][1]) // step) * step
        if batch and (max(width, w) * (len(batch) + 1) > budget):
            out.append(batch)
            batch, width = [], 0
        batch.append(windows[i])
        width = max(width, w)
    return out + [batch] if batch else out


def tensors(batch, step=32):
    n = -(-max(len(ids) for _, ids, _ in batch) // step) * step
    x, mask = torch.full((len(batch), n), PAD), torch.zeros(len(batch), n)
    for i, (_, ids, _) in enumerate(batch):
        x[i, :len(ids)], mask[i, :len(ids)] = torch.tensor(ids), 1.0
    return x, mask


def loss_of(net, batch):
    x, mask = tensors(batch)
    # half precision pays only where the processor multiplies tiles of it; elsewhere 32 bits are nearly twice as fast
    with torch.autocast('cpu', torch.bfloat16, enabled=torch.cpu._is_amx_tile_supported()):
        h = net.encode(x, mask)
    h = h.float().reshape(-1, h.shape[-1])
    n, total, seen = x.shape[1], 0.0, 0
    for head in HEADS:
        rows, gold, cr, cg = [], [], [], []
        for i, (name, _, marks) in enumerate(batch):
            if name == head:
                rows += [i * n + p for p, a, _ in marks if a >= 0]
                gold += [a for _, a, _ in marks if a >= 0]
                cr += [i * n + p for p, _, c in marks if c >= 0]
                cg += [c for _, _, c in marks if c >= 0]
        if rows:
            y = F.dropout(h[rows], net.dropout, net.training)
            total = total + F.cross_entropy(net.head[head](y), torch.tensor(gold), reduction='sum')
            seen += len(rows)
        if cr:
            total = total + 0.5 * F.cross_entropy(net.clitic(h[cr]), torch.tensor(cg), reduction='sum')
    return total / max(seen, 1)


def groups(net, lr, decay, head_lr, frozen=0):
    """Layer-wise decay: the top layer learns at lr, each below at `decay` times the one above; the embeddings and the lowest
    `frozen` layers not at all where that is more than none."""
    out, depth = [], len(net.layers)
    for name, p in net.named_parameters():
        layer = int(name.split('.')[1]) if name.startswith('layers.') else -1
        if layer < frozen and frozen and not name.startswith(('head.', 'clitic.')):
            p.requires_grad_(False)
            continue
        if name.startswith(('head.', 'clitic.')):
            rate = head_lr
        elif name.startswith('layers.'):
            rate = lr * decay ** (depth - 1 - layer)
        else:
            rate = lr * decay ** depth
        out.append(dict(params=[p], lr=rate, peak=rate, weight_decay=0.01 if p.ndim > 1 and not name.startswith('word') else 0.0))
    return out


class Average:
    """Exponential average of the weights."""

    def __init__(self, net, decay):
        self.decay, self.state, self.n = decay, {k: v.detach().clone() for k, v in net.state_dict().items()}, 0

    def update(self, net):
        self.n += 1
        d = min(self.decay, (1 + self.n) / (10 + self.n))
        mine = list(self.state.values())
        torch._foreach_lerp_(mine, [v.detach() for v in net.state_dict().values()], 1 - d)


class Checkpoint:
    """Everything a broken-off run needs to go on from the batch where it stood."""

    def __init__(self, folder, net, opt, average):
        self.path, self.net, self.opt, self.average = folder / 'last.pt', net, opt, average

    def save(self, epoch, batch, step):
        spare = self.path.with_suffix('.tmp')
        torch.save(dict(net=self.net.state_dict(), opt=self.opt.state_dict(), average=self.average.state, n=self.average.n,
                        at=(epoch, batch, step)), spare)
        spare.replace(self.path)

    def load(self):
        if not self.path.exists():
            return 0, 0, 0
        s = torch.load(self.path, weights_only=True)
        self.net.load_state_dict(s['net'])
        self.opt.load_state_dict(s['opt'])
        self.average.state, self.average.n = s['average'], s['n']
        return s['at']


def scale(done, warm):
    """Share of the peak rate: up over the first `warm` of the run, then down in a line."""
    return done / warm if done < warm else max(0.02, 1 - (done - warm) / (1 - warm))


def train(net, epoch_windows, epochs, folder, lr, head_lr=1e-3, decay=0.95, budget=1024, warm=0.06, ema=0.995, frozen=0, seed=1, check=None, log=print):
    """epoch_windows(epoch, rng) -> [(head, ids, marks)]. Goes on from folder/last.pt; leaves the averaged weights in folder/average.pt."""
    torch.manual_seed(seed)
    opt = torch.optim.AdamW(groups(net, lr, decay, head_lr, frozen), betas=(0.9, 0.98), eps=1e-6, fused=True)
    average = Average(net, ema)
    checkpoint = Checkpoint(folder, net, opt, average)
    first, skip, step = checkpoint.load()
    if step:
        log(f'goes on at epoch {first} batch {skip}')
    total = epochs * len(batches(epoch_windows(0, np.random.default_rng(seed)), budget))
    for epoch in range(first, epochs):
        rng = np.random.default_rng(seed * 1000 + epoch)
        todo = batches(epoch_windows(epoch, rng), budget)
        rng.shuffle(todo)
        net.train()
        t, seen, run = time.time(), 0, None
        for k in range(skip, len(todo)):
            for g in opt.param_groups:
                g['lr'] = g['peak'] * scale(step / total, warm)
            loss = loss_of(net, todo[k])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            opt.zero_grad(set_to_none=True)
            average.update(net)
            step += 1
            seen += sum(len(b[1]) for b in todo[k])
            run = loss.item() if run is None else 0.98 * run + 0.02 * loss.item()
            if k % 25 == 24:
                log(f'{time.strftime("%H:%M:%S")} epoch {epoch} batch {k + 1}/{len(todo)} loss {run:.4f} {seen / (time.time() - t):.0f} pieces/s')
            if k % 100 == 99:
                checkpoint.save(epoch, k + 1, step)
        skip = 0
        checkpoint.save(epoch + 1, 0, step)
        torch.save(average.state, folder / 'average.pt')
        line = dict(epoch=epoch + 1, loss=round(run or 0, 4), seconds=round(time.time() - t), pieces=seen)
        if check:
            mine = {k: v.clone() for k, v in net.state_dict().items()}
            net.load_state_dict(average.state)
            line['held'] = check(net)
            net.load_state_dict(mine)
        log(json.dumps(line, ensure_ascii=False))
    net.load_state_dict(average.state)
    return net
