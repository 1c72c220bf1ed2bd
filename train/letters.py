#!/usr/bin/env python3
"""How likely letters follow each other in Arabic, Persian and Urdu: assets/letters.bin, by which text of a PDF whose
fonts name their letters wrongly is told from sound text.

    letters.py CORPORA OUT        CORPORA: a folder of *.jsonl.gz with {"text": ...} a line, in Arabic

Persian and Urdu are the counts of the profiles of langdetect 1.0.9 (Apache-2.0; made of Wikipedia's articles), as there
is no corpus of those here: pip install langdetect. What ships is numbers alone.

The table: for each language, for each two letters and the one after them, the negative logarithm of its probability,
times 2, rounded, at most 15, two to a byte; all of it packed with zlib. The letters are LETTERS in their order; 0 is the
edge of a word.
"""
import collections, glob, gzip, json, math, os, sys, zlib

LETTERS = 'ابتثجحخدذرزسشصضطظعغفقكلمنهويءؤئةىپچژگٹڈڑںے'
FOLD = str.maketrans('أإآٱیکہھەۃ', 'ااااىكهههة')
INDEX = {letter: at + 1 for at, letter in enumerate(LETTERS)}
SIZE = len(LETTERS) + 1


def words(text):
    word = []
    for letter in text.translate(FOLD):
        if '\u064b' <= letter <= '\u065f' or letter in '\u0640\u0670':
            continue
        if letter in INDEX:
            word.append(INDEX[letter])
        elif word:
            yield word
            word = []
    if word:
        yield word


def corpus(folder):
    counts = collections.Counter()
    for path in sorted(glob.glob(os.path.join(folder, '*.jsonl.gz'))):
        for number, line in enumerate(gzip.open(path, 'rt', encoding='utf8')):
            if number >= 8000:
                break
            for word in words(json.loads(line)['text']):
                letters = [0] + word + [0]
                counts.update(zip(letters, letters[1:], letters[2:]))
    return counts


def profile(language):
    import langdetect
    path = os.path.join(os.path.dirname(langdetect.__file__), 'profiles', language)
    counts = collections.Counter()
    for gram, count in json.load(open(path, encoding='utf8'))['freq'].items():
        places = [0 if letter == ' ' else INDEX.get(letter) for letter in gram.translate(FOLD)]
        if len(places) == 3 and None not in places and places[1] != 0:
            counts[tuple(places)] += count
    return counts


def table(counts):
    single, double = collections.Counter(), collections.Counter()
    for (a, b, c), count in counts.items():
        single[c] += count
        double[a, b] += count
    total = sum(single.values())
    cells = []
    for a in range(SIZE):
        for b in range(SIZE):
            for c in range(SIZE):
                likely = (counts[a, b, c] + 3 * single[c] / total) / (double[a, b] + 3)
                cells.append(min(15, round(-2 * math.log(max(likely, 1e-4)))))
    cells += [15] * (len(cells) % 2)
    return bytes(one | other << 4 for one, other in zip(cells[::2], cells[1::2]))


def main(corpora, out):
    tables = [table(corpus(corpora)), table(profile('fa')), table(profile('ur'))]
    packed = zlib.compress(b''.join(tables), 9)
    open(out, 'wb').write(packed)
    print(len(packed), 'bytes of', sum(map(len, tables)))


if __name__ == '__main__':
    main(*sys.argv[1:])
