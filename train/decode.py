"""Logits to tags: the best path through the transitions that IOB2 allows, and entity spans.

score(path) = sum of log-softmax over the nine labels at each word's first piece. I-X may follow only B-X or I-X; a window
starts as if after O. Labels of types a caller does not want (MISC in the guide) are left out by setting them to -inf
before the path is searched. Ties go to the lower label index.
"""
import numpy as np

import text
from network import LABELS

ALLOWED = np.zeros((len(LABELS), len(LABELS)))
for _j, _b in enumerate(LABELS):
    if _b[0] == 'I':
        for _i, _a in enumerate(LABELS):
            if _a[1:] != _b[1:] or _a == 'O':
                ALLOWED[_i, _j] = -1e9
START = ALLOWED[0]


def log_softmax(x):
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


def viterbi(scores):
    """[words, labels] log-probabilities -> label indices."""
    if not len(scores):
        return []
    best, back = scores[0] + START, []
    for row in scores[1:]:
        table = best[:, None] + ALLOWED
        back.append(table.argmax(0))
        best = table.max(0) + row
    path = [int(best.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


REACH, SHARE, FLOOR, NEARLY, LETTERS = 30, 0.5, -6.0, -1.0, 3
KINDS = [[0], [1, 2], [3, 4], [5, 6], [7, 8]]


def agree(words, scores):
    """src/model/agreement.rs. words: [[word]], scores: [[words, labels] logits] -> the same, each form's shared among near sentences."""
    forms, out = {}, [a.astype(np.float64) for a in scores]
    for i, (s, a) in enumerate(zip(words, scores)):
        e = np.stack([a[:, k].max(1) for k in KINDS], 1)
        e = np.maximum(e - e.max(1, keepdims=True), FLOOR)
        for j, w in enumerate(s):
            if len(form := text.normalise(w)) >= LETTERS:
                forms.setdefault(form, []).append((i, j, e[j]))
    for places in forms.values():
        at, e = np.array([p[0] for p in places]), np.array([p[2] for p in places])
        for n, (i, j, own) in enumerate(places):
            near = e[(abs(at - i) <= REACH) & (np.arange(len(at)) != n)]
            if len(near) and max(near[:, 1:].max(), own[1:].max()) >= NEARLY:
                step = (near.mean(0) - own) * SHARE * len(near) / (len(near) + 1)
                for kind, labels in enumerate(KINDS):
                    out[i][j, labels] += step[kind]
    return out


def spans(labels):
    """IOB2 labels -> [(first word, end word, type)]."""
    out, start = [], None
    for i, label in enumerate([*labels, 'O']):
        if start is not None and label[0] != 'I':
            out.append((start, i, labels[start][2:]))
            start = None
        if label[0] == 'B' or (label[0] == 'I' and start is None):
            start = i
    return out
