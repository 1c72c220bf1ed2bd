"""Stage 'calibrate:NAME': one temperature for the guide head, by the likelihood of the held-out articles' words."""
import json

import numpy as np

import fine
import measure
import network
from decode import log_softmax
from fit import INDEX


def run(shared, work, source):
    sets = fine.Sets(shared, work)
    net = network.load(source)
    scores, gold = [], []
    for d in sets.held:
        for s, (a, _) in zip(d, measure.logits(net, d, sets.tokenizer, 'guide')):
            scores.append(a)
            gold += [INDEX[l] for _, l, _ in s]
    scores, gold = np.concatenate(scores), np.array(gold)
    def loss(t):
        return float(-(log_softmax(scores / t + measure.NO_MISC))[np.arange(len(gold)), gold].mean())
    best = min(np.arange(0.6, 3.0, 0.02), key=loss)
    out = dict(temperature=round(float(best), 2), loss_before=round(loss(1.0), 5), loss=round(loss(best), 5), reliability=[])
    p = np.exp(log_softmax(scores / best + measure.NO_MISC))
    sure, right = p.max(1), p.argmax(1) == gold
    marked = (p.argmax(1) > 0) | (gold > 0)
    for lo, hi in ((0, .5), (.5, .7), (.7, .8), (.8, .9), (.9, .95), (.95, .99), (.99, 1.01)):
        m = marked & (sure >= lo) & (sure < hi)
        if m.any():
            out['reliability'].append([lo, min(hi, 1.0), int(m.sum()), round(float(sure[m].mean()), 3), round(float(right[m].mean()), 3)])
    (work / 'temperature.json').write_text(json.dumps(out, indent=1))
    print(json.dumps(out))
