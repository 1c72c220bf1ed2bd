"""Text to words, words to pieces. This is the part that the Rust runtime repeats exactly.

words(text)      runs of letters, marks, digits (and the invisible characters in DROP), every other non-space
                 character alone.
normalise(word)  NFKC, then the letters and hyphens in SAME become those of Arabic and the characters in DROP are removed. A word that
                 becomes empty stays as '' -> one unknown piece.
Tokenizer        unigram pieces over '▁' + word, the best sum of scores; a character no piece covers is the unknown piece
                 at (lowest score - 10), neighbouring unknowns are one piece.
"""
import unicodedata

# tashkeel, superscript alef, tatweel, Koranic marks, zero-width and bidi controls, soft hyphen, BOM
DROP = frozenset(map(chr, [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640, *range(0x06D6, 0x06DD),
                           *range(0x06DF, 0x06E5), 0x06E7, 0x06E8, *range(0x06EA, 0x06EE), *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                           0x2060, *range(0x2066, 0x206A), 0x00AD, 0xFEFF, 0x061C]))

# Persian and Urdu keyboards write the Arabic letters yeh, kaf and heh as letters of their own; the vocabulary has the Arabic ones.
# Hyphens of every width are one.
SAME = str.maketrans({0x06CC: 'ي', 0x06A9: 'ك', 0x06BE: 'ه', 0x06C1: 'ه', 0x06D5: 'ه', 0x2010: '-', 0x2011: '-', 0x2212: '-', 0xFE63: '-'})


def is_word_char(c):
    return c.isalnum() or c in DROP or unicodedata.category(c)[0] in 'LMN'


def words(text):
    """[(start, end)] in code points."""
    out, start = [], None
    for i, c in enumerate(text):
        if is_word_char(c):
            if start is None:
                start = i
            continue
        if start is not None:
            out.append((start, i))
            start = None
        if not c.isspace():
            out.append((i, i + 1))
    if start is not None:
        out.append((start, len(text)))
    return out


def normalise(word):
    return ''.join(c for c in unicodedata.normalize('NFKC', word).translate(SAME) if c not in DROP and not c.isspace())


class Tokenizer:
    def __init__(self, pieces, unk):
        """pieces: [(text, score)] in id order; special pieces have score None."""
        self.pieces, self.unk = pieces, unk
        self.score = {p: (s, i) for i, (p, s) in enumerate(pieces) if s is not None}
        self.longest = max(len(p) for p in self.score)
        self.unk_score = min(s for s, _ in self.score.values()) - 10.0
        self.cache = {}

    def word(self, word):
        """piece ids of one word; word is raw, normalised here."""
        ids = self.cache.get(word)
        if ids is None:
            ids = self.cache[word] = self.viterbi('▁' + normalise(word)) if normalise(word) else (self.unk,)
        return ids

    def viterbi(self, s):
        n = len(s)
        best = [0.0] + [-1e30] * n
        back = [None] * (n + 1)
        for i in range(n):
            b = best[i]
            for j in range(i + 1, min(n, i + self.longest) + 1):
                hit = self.score.get(s[i:j])
                if hit and b + hit[0] > best[j]:
                    best[j], back[j] = b + hit[0], (i, hit[1])
            if b + self.unk_score > best[i + 1] and s[i] not in self.score:
                best[i + 1], back[i + 1] = b + self.unk_score, (i, self.unk)
        ids, j = [], n
        while j:
            i, p = back[j]
            if not (p == self.unk and ids and ids[-1] == self.unk):
                ids.append(p)
            j = i
        return tuple(reversed(ids))


def load_tokenizer(path):
    """pieces.tsv: id, piece, score ('-' for special pieces). Control characters do not occur in pieces."""
    pieces = []
    for line in open(path, encoding='utf8'):
        _, piece, score = line.rstrip('\n').split('\t')
        pieces.append((piece, None if score == '-' else float(score)))
    return Tokenizer(pieces, unk=[p for p, _ in pieces].index('<unk>'))


def save_pieces(path, pieces):
    with open(path, 'w', encoding='utf8') as f:
        for i, (piece, score) in enumerate(pieces):
            f.write(f"{i}\t{piece}\t{'-' if score is None else repr(score)}\n")
