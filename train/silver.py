"""Stage 'silver': ANT articles labelled by the average of trained networks, for self-training. A word they are not sure of counts
neither way (label None)."""
import pickle
import random

import numpy as np

import choose
import measure
import network
import text
from decode import log_softmax, viterbi
from network import LABELS

SURE = 0.75


def run(shared, work, sources, articles=800):
    nets, tokenizer = [network.load(s) for s in sources], text.load_tokenizer(work / 'pieces.tsv')
    docs = choose.fresh(shared)
    rng = random.Random(6)
    weight = dict(internationalNews=4, politic=4, economy=4, technology=4, culture=3, sport=2, diverse=2, society=1.5, localNews=0.4)
    docs.sort(key=lambda d: -(rng.random() ** (1 / weight[d['id'].split('-')[1]])))
    out = []
    for d in docs[:articles]:
        ss = choose.sentences(d)
        if not ss:
            continue
        scores = [np.log(sum(np.exp(log_softmax(a)) for a, _ in same) / len(nets)) for same in
                  zip(*(measure.logits(n, ss, tokenizer, 'guide') for n in nets))]
        doc = []
        for s, p in zip(ss, scores):
            path = viterbi(p + measure.NO_MISC)
            doc.append([(w, LABELS[t] if p[i, t] > np.log(SURE) else None, -1) for i, ((w, *_), t) in enumerate(zip(s, path))])
        out.append(doc)
    with open(work / 'silver.pkl', 'wb') as f:
        pickle.dump(out, f)
    print(len(out), 'articles', sum(len(s) for d in out for s in d), 'words', sum(l is None for d in out for s in d for _, l, _ in s), 'unsure')
