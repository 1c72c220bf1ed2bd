"""Stage 'prepare': corpora, vocabulary and the encoder's starting weights into the work folder."""
import json
import pickle

import numpy as np
import torch

import data
import encoder
import text
import vocab
from network import Network

PIECES, POSITIONS = 16000, 256


def corpora(shared, frequency):
    """{name: [sentences]} and the AQMAR part kept for measuring (its last quarter)."""
    ner = shared / 'corpora/ner'
    out = {}
    aqmar = data.conll(ner / 'aqmar.all.conll.gz')
    cut = len(aqmar) * 3 // 4
    banned = {' '.join(t.translate(data.STRIP) for t, _ in s) for s in aqmar}
    out['aqmar'] = [data.split_tokens(s)[0] for s in aqmar[:cut]]
    out['aqmar.test'] = aqmar[cut:]
    out['wikifane'] = data.wikifane(ner / 'wikifane.all.conll.gz', data.hamza_forms(frequency), banned)
    out['anercorp'] = data.from_conll(ner / 'anercorp-camel.train.conll.gz')
    out['wojood'] = [s for part in ('train', 'val', 'test') for s in data.from_conll(ner / f'wojood-sample.{part}.conll.gz')]
    return out


def words_of(shared):
    raw = shared / 'corpora/raw'
    return data.frequencies([raw / 'antcorpus.jsonl.gz'] * 5 + [raw / 'wiki-ar.jsonl.gz'])


def save_corpora(shared, work, frequency=None):
    """-> work/corpora.pkl"""
    sets = corpora(shared, frequency or words_of(shared))
    with open(work / 'corpora.pkl', 'wb') as f:
        pickle.dump(sets, f)
    return sets


def run(shared, work):
    frequency = words_of(shared)
    packed = encoder.Packed(encoder.fetch(work))
    kept, info = vocab.cut(packed, frequency, PIECES)
    text.save_pieces(work / 'pieces.tsv', [(p, s) for p, s, _ in kept])
    torch.manual_seed(1)
    net = Network(len(kept), positions=POSITIONS)
    state = {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in packed.state().items()}
    state['pos'] = state['pos'][:POSITIONS].clone()
    state['word.weight'] = torch.from_numpy(packed.embeddings()[[i for _, _, i in kept]])
    missing, unexpected = net.load_state_dict(state, strict=False)
    assert not unexpected and all(k.startswith(('head.', 'clitic.')) for k in missing), (missing, unexpected)
    torch.save(net.state_dict(), work / 'start.pt')
    sets = save_corpora(shared, work, frequency)
    info['words'] = {k: sum(map(len, v)) for k, v in sets.items()}
    (work / 'prepare.json').write_text(json.dumps(info, indent=1))
    print(json.dumps(info))
