"""Predictions and scores: micro and per-type F1 over exact spans (what seqeval's strict IOB2 mode counts)."""
import numpy as np
import torch

import data
from decode import agree, log_softmax, spans, viterbi
from fit import pack, tensors
from network import LABELS

NO_MISC = np.array([-1e9 if label.endswith('MISC') else 0.0 for label in LABELS])


def logits(net, sentences, tokenizer, head, room=256, together=True):
    """-> ([words, labels] per sentence, clitic classes per sentence); windows as in training."""
    net.eval()
    plain = [[(w, 'O', -1) for w, *_ in s] for s in sentences]
    windows = pack(plain, tokenizer, room) if together else [w for s in plain for w in pack([s], tokenizer, room)]
    order = sorted(range(len(windows)), key=lambda i: len(windows[i][0]))
    rows, clitics = [None] * len(windows), [None] * len(windows)
    with torch.no_grad():
        for k in range(0, len(order), 8):
            part = order[k:k + 8]
            x, mask = tensors([(head, *windows[i]) for i in part])
            h = net.encode(x, mask)
            a, c = net.head[head](h).numpy(), net.clitic(h).argmax(-1).numpy()
            for row, i in enumerate(part):
                at = [p for p, _, _ in windows[i][1]]
                rows[i], clitics[i] = a[row, at], c[row, at]
    flat, strip = np.concatenate(rows), np.concatenate(clitics)
    assert len(flat) == sum(map(len, plain)), (len(flat), sum(map(len, plain)))
    out, at = [], 0
    for s in plain:
        out.append((flat[at:at + len(s)], strip[at:at + len(s)]))
        at += len(s)
    return out


def tags(scores, misc=False, constrained=True):
    s = log_softmax(scores) if misc else log_softmax(scores) + NO_MISC
    return [LABELS[i] for i in (viterbi(s) if constrained else s.argmax(-1))]


def f1(gold, pred):
    """[[label]] twice -> {type: (P, R, F1, gold)} and 'micro' over PER, ORG, LOC."""
    hit, found, all_ = {}, {}, {}
    for g, p in zip(gold, pred, strict=True):
        G, P = set(spans(g)), set(spans(p))
        for t in ('PER', 'ORG', 'LOC'):
            a, b = {s for s in G if s[2] == t}, {s for s in P if s[2] == t}
            hit[t] = hit.get(t, 0) + len(a & b)
            found[t] = found.get(t, 0) + len(b)
            all_[t] = all_.get(t, 0) + len(a)
    def prf(h, f, a):
        return round(100 * h / max(f, 1), 2), round(100 * h / max(a, 1), 2), round(200 * h / max(f + a, 1), 2), a
    out = {t: prf(hit[t], found[t], all_[t]) for t in hit}
    out['micro'] = prf(*(sum(d.values()) for d in (hit, found, all_)))
    return out


def short(scores):
    return {k: v[2] for k, v in scores.items()}


def sentences_f1(net, tokenizer, sentences, head, **how):
    """For examples made by data.py (their labels are per word)."""
    got = logits(net, sentences, tokenizer, head, **how)
    return f1([[l for _, l, _ in s] for s in sentences], [tags(a, head != 'guide') for a, _ in got])


def documents_f1(net, tokenizer, docs, head='guide', **how):
    """Each article is windowed by itself."""
    gold, pred = [], []
    for d in docs:
        got = logits(net, d, tokenizer, head, **how)
        gold += [[l for _, l, _ in s] for s in d]
        pred += [tags(a) for a, _ in got]
    return f1(gold, pred)


def token_tags(net, tokenizer, sentences, head, agreement=True, misc=True, constrained=True, **how):
    """[[(token, tag)]] -> predicted tag per corpus token (its first word that has a letter or digit). What is said about the corpora's
    heads only: words of one form near one another agree; a word may be MISC, which is then O."""
    split = [data.split_tokens(s) for s in sentences]
    scores = [a for a, _ in logits(net, [w for w, _ in split], tokenizer, head, **how)]
    if head != 'guide' and agreement:
        scores = agree([[w for w, *_ in ws] for ws, _ in split], scores)
    out = []
    for s, (ws, owner), a in zip(sentences, split, scores):
        label = ['O' if t.endswith('MISC') else t for t in tags(a, misc and head != 'guide', constrained)]
        first = {}
        for i, n in enumerate(owner):
            if n not in first or (not data.is_word_char(ws[first[n]][0][0]) and data.is_word_char(ws[i][0][0])):
                first[n] = i
        out.append([label[first[n]] for n in range(len(s))])
    return out


def conll_f1(net, tokenizer, sentences, head, **how):
    return f1([[t for _, t in s] for s in sentences], token_tags(net, tokenizer, sentences, head, **how))
