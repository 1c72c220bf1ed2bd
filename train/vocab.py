"""Cut 250,037 pieces to those that Arabic and Latin news and encyclopedia text use."""
import unicodedata

from text import DROP, Tokenizer, is_word_char, normalise

SPECIAL = ['<s>', '<pad>', '</s>', '<unk>']


def keep_always(piece):
    """Single characters of the scripts we read, with and without the word mark."""
    c = piece.removeprefix('▁')
    if len(c) != 1:
        return piece == '▁'
    if c in DROP or unicodedata.normalize('NFKC', c) != c:
        return False
    n = ord(c)
    return n < 0x250 or 0x600 <= n < 0x700 or 0x2010 <= n < 0x2070 or 0x20A0 <= n < 0x20C0


def cut(packed, frequency, size):
    """-> [(piece, score, old id)], the report's numbers."""
    full = [(p, float(s) if i >= 4 else None) for i, (p, s) in enumerate(zip(packed.pieces, packed.scores))]
    full = [(p, None if p in ('<mask>',) else s) for p, s in full]
    tokenizer = Tokenizer(full, unk=3)
    count = {}
    forms = {}
    for word, n in frequency.items():
        w = normalise(word)
        if w and n > 1 and len(w) < 40:
            forms[w] = forms.get(w, 0) + n
    total = 0
    for w, n in forms.items():
        for i in tokenizer.viterbi('▁' + w):
            count[i] = count.get(i, 0) + n
            total += n
    always = [i for i, (p, s) in enumerate(full) if s is not None and keep_always(p)]
    chosen = set(always)
    for i in sorted(count, key=lambda i: (-count[i], i)):
        if len(chosen) >= size - len(SPECIAL):
            break
        if i >= 4:
            chosen.add(i)
    kept = [(p, None, SPECIAL.index(p)) for p in SPECIAL] + [(full[i][0], full[i][1], i) for i in sorted(chosen)]
    covered = sum(n for i, n in count.items() if i in chosen)
    small = Tokenizer([(p, s) for p, s, _ in kept], unk=3)
    old = {n: i for n, (_, _, i) in enumerate(kept)}
    same = words = unknown = pieces = 0
    for w, n in forms.items():
        a, b = tokenizer.viterbi('▁' + w), small.viterbi('▁' + w)
        words += n
        pieces += n * len(b)
        same += n * (a == tuple(old[i] for i in b))
        unknown += n * (3 in b)
    return kept, dict(pieces=len(kept), single=len(always), used=len(count), cover=covered / total, same_words=same / words, unknown_words=unknown / words,
                      pieces_a_word=pieces / words)
