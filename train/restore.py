"""Stage 'restore:FILE': a model that ships -> DIR/runs/shipped, its 8-bit numbers expanded, so that training goes on from it, and its
pieces -> DIR/pieces.tsv where there are none yet. The two heads that do not ship begin anew."""
import json
import struct

import numpy as np
import torch

import text
from container import MAGIC, SPECIAL
from network import Network


def sections(path):
    """The container's {name: bytes}."""
    b = path.read_bytes()
    assert b[:8] == MAGIC
    _, count = struct.unpack_from('<II', b, 8)
    rows = [struct.unpack_from('<16sQQ', b, 16 + 32 * i) for i in range(count)]
    return {name.rstrip(b'\0').decode(): b[at:at + n] for name, at, n in rows}


def pieces(table):
    """[(piece, score)] in the file's order; the special pieces have score None."""
    (n,) = struct.unpack_from('<I', table)
    offsets = np.frombuffer(table, '<u4', n + 1, 4)
    scores = np.frombuffer(table, '<f4', n, 4 + 4 * (n + 1))
    blob = table[4 + 4 * (n + 1) + 4 * n:]
    return [(blob[offsets[i]:offsets[i + 1]].decode(), None if i < len(SPECIAL) else float(scores[i])) for i in range(n)]


def run(work, source, run_name='shipped'):
    parts = sections(source)
    config, table = json.loads(parts['config']), pieces(parts['pieces'])
    order = [p for p, _ in table]
    if not (work / 'pieces.tsv').exists():
        text.save_pieces(work / 'pieces.tsv', table)
    tokenizer = text.load_tokenizer(work / 'pieces.tsv')
    at = {p: i for i, p in enumerate(order)}
    assert set(at) == {p for p, _ in tokenizer.pieces}, 'another vocabulary: prepare first'
    hidden, layers, ff = config['hidden'], config['layers'], 1536
    rows = np.frombuffer(parts['rows'], 'i1').reshape(-1, hidden) * np.frombuffer(parts['scales'], '<f4')[:, None]
    ints, floats, i, f = np.frombuffer(parts['weights'], 'i1'), np.frombuffer(parts['floats'], '<f4'), 0, 0

    def take(*shape):
        nonlocal f
        n = int(np.prod(shape))
        f += n
        return floats[f - n:f].reshape(shape).copy()
    state = {'word.weight': rows[[at[p] for p, _ in tokenizer.pieces]], 'pos': take(config['window'], hidden), 'kind': np.zeros(hidden, 'f4'),
             'norm.weight': take(hidden), 'norm.bias': take(hidden)}
    for n in range(layers):
        for name, outs, ins in (('qkv', 3 * hidden, hidden), ('out', hidden, hidden), ('up', ff, hidden), ('down', hidden, ff)):
            scale, bias = take(outs), take(outs)
            if name == 'qkv':
                root = np.float32(np.sqrt(hidden // config['attention']))
                scale[:hidden] *= root
                bias[:hidden] *= root
            state[f'layers.{n}.{name}.weight'] = ints[i:i + outs * ins].reshape(outs, ins) * scale[:, None]
            state[f'layers.{n}.{name}.bias'] = bias
            i += outs * ins
            if name in ('out', 'down'):
                norm = f'layers.{n}.norm{1 if name == "out" else 2}'
                state[norm + '.weight'], state[norm + '.bias'] = take(hidden), take(hidden)
    torch.manual_seed(1)
    net = Network(len(order), positions=config['window'])
    for head in [f'head.{h}' for h in config['heads']] + ['clitic']:
        outs = len(config['labels']) if head != 'clitic' else net.clitic.out_features
        state[head + '.weight'], state[head + '.bias'] = take(outs, hidden), take(outs)
    assert i == len(ints) and f == len(floats)
    missing, unexpected = net.load_state_dict({k: torch.from_numpy(np.ascontiguousarray(v, 'f4')) for k, v in state.items()}, strict=False)
    assert not unexpected and all(k.startswith('head.') for k in missing), (missing, unexpected)
    target = work / 'runs' / run_name
    target.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), target / 'average.pt')
