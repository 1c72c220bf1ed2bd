"""Pack a trained network into the one file that ships (read by src/model/container.rs), quantised.

    python container.py FOLDER [OUT]     FOLDER: weights.npz pieces.tsv config.json; OUT: FOLDER/rawi.model

Little endian: magic, version, directory of sections, sections at multiples of 64, CRC-32 of all before it.
"""
import json
import pathlib
import struct
import sys
import zlib

import numpy as np

MAGIC, VERSION, ALIGN = b'RAWIMDL\0', 1, 64
SPECIAL = ['<s>', '<pad>', '</s>', '<unk>']


def pieces_of(path):
    """[(piece, score)] in the order of pieces.tsv."""
    out = []
    for line in open(path, encoding='utf8', newline='\n'):
        _, piece, score = line.rstrip('\n').split('\t')
        out.append((piece, 0.0 if score == '-' else float(score)))
    return out


def order_of(pieces):
    """The special pieces first, then the others by their UTF-8 bytes: the reader searches the sorted table in place."""
    assert [p for p, _ in pieces[:4]] == SPECIAL and len({p for p, _ in pieces}) == len(pieces)
    return [0, 1, 2, 3, *sorted(range(4, len(pieces)), key=lambda i: pieces[i][0].encode())]


def piece_table(pieces):
    texts = [p.encode() for p, _ in pieces]
    offsets = np.concatenate([[0], np.cumsum([len(t) for t in texts])]).astype('<u4')
    scores = np.array([s for _, s in pieces], '<f4')
    return struct.pack('<I', len(pieces)) + offsets.tobytes() + scores.tobytes() + b''.join(texts)


def quantise(rows, top):
    """f32 [n, m] -> scales f32 [n], i8 [n, m] in [-top, top]."""
    scales = np.maximum(np.abs(rows).max(1), 1e-12).astype('<f4') / np.float32(top)
    return scales, np.clip(np.rint(rows / scales[:, None]), -top, top).astype('i1')


def layers_of(state, config):
    """-> i8 weights, f32 numbers of all layers. 63 and not 127: two products of u8 and i8 then fit 16 bits on every CPU."""
    ints, floats, hidden = [], [], config['hidden']
    for n in range(config['layers']):
        for name in ('qkv', 'out', 'up', 'down'):
            weight, bias = state[f'layers.{n}.{name}.weight'].astype(np.float32), state[f'layers.{n}.{name}.bias'].astype('<f4').copy()
            scale, w = quantise(weight, 63)
            if name == 'qkv':
                root = np.float32(np.sqrt(hidden // config['attention']))
                scale[:hidden] /= root
                bias[:hidden] /= root
            ints.append(w.tobytes())
            floats += [scale, bias]
            if name in ('out', 'down'):
                norm = f'layers.{n}.norm{1 if name == "out" else 2}'
                floats += [state[norm + '.weight'], state[norm + '.bias']]
    return b''.join(ints), floats


def container(sections):
    """{name: bytes} -> the file's bytes."""
    at = -(-(16 + 32 * len(sections)) // ALIGN) * ALIGN
    directory, body = b'', b''
    for name, data in sections.items():
        directory += struct.pack('<16sQQ', name.encode(), at + len(body), len(data))
        body += data + bytes(-len(data) % ALIGN)
    out = MAGIC + struct.pack('<II', VERSION, len(sections)) + directory
    out += bytes(at - len(out)) + body
    return out + struct.pack('<I', zlib.crc32(out))


def main():
    folder = pathlib.Path(sys.argv[1])
    target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else folder / 'rawi.model'
    pieces, config, state = pieces_of(folder / 'pieces.tsv'), json.loads((folder / 'config.json').read_text()), np.load(folder / 'weights.npz')
    order = order_of(pieces)
    config['pieces'], hidden = len(pieces), config['hidden']
    assert state['word.weight'].shape == (len(pieces), hidden), state['word.weight'].shape
    scales, rows = quantise(state['word.weight'].astype(np.float32)[order], 127)
    weights, numbers = layers_of(state, config)
    places = state['pos'][:config['window']] + state['kind']
    outputs = [f'head.{h}' for h in config['heads']] + (['clitic'] if config.get('clitics') else [])
    ends = [state[f'{name}.{k}'] for name in outputs for k in ('weight', 'bias')]
    floats = [places, state['norm.weight'], state['norm.bias'], *numbers, *ends]
    sections = {'config': json.dumps(config, ensure_ascii=False, sort_keys=True).encode(), 'pieces': piece_table([pieces[i] for i in order]),
                'scales': scales.tobytes(), 'rows': rows.tobytes(), 'weights': weights, 'floats': b''.join(np.ascontiguousarray(f, '<f4').tobytes() for f in floats)}
    target.write_bytes(container(sections))
    print(target, {k: len(v) for k, v in sections.items()}, 'total', target.stat().st_size)


if __name__ == '__main__':
    main()
