"""Corpora to examples: a document is a list of sentences, a sentence a list of (word, label, clitic).

word    as text.words() cuts it
label   'O' or 'B-PER' ...; an entity's edge punctuation is O
clitic  how many characters of proclitics stand before the name in its first word, -1 where the corpus does not say
"""
import gzip
import json
import random
import re

from decode import spans
from text import DROP, is_word_char, words

KIND = {'person': 'PER', 'organization': 'ORG', 'place': 'LOC'}
STRIP = str.maketrans('أإآ', 'ااا')


def conll(path):
    """[[(token, tag)]]"""
    out, sentence = [], []
    for line in gzip.open(path, 'rt', encoding='utf8'):
        line = line.rstrip('\n')
        if line.strip():
            token, tag = line.split('\t')[:2]
            sentence.append((token, tag))
        elif sentence:
            out.append(sentence)
            sentence = []
    return out + [sentence] if sentence else out


def split_tokens(sentence):
    """(token, tag) -> (words, index of each word's token)."""
    out, owner = [], []
    for n, (token, tag) in enumerate(sentence):
        spans = words(token) or [(0, len(token))]
        kind = tag[2:]
        for k, (a, b) in enumerate(spans):
            out.append([token[a:b], tag if k == 0 or tag == 'O' else 'I-' + kind, -1])
            owner.append(n)
    # IOB validity, then edge punctuation
    for i, w in enumerate(out):
        if w[1][0] == 'I' and (i == 0 or out[i - 1][1][1:] != w[1][1:]):
            w[1] = 'B' + w[1][1:]
    i = 0
    while i < len(out):
        if out[i][1][0] != 'B':
            i += 1
            continue
        j = i + 1
        while j < len(out) and out[j][1][0] == 'I':
            j += 1
        kind, a, b = out[i][1][2:], i, j
        while a < b and not is_word_char(out[a][0][0]):
            out[a][1], a = 'O', a + 1
        while b > a and not is_word_char(out[b - 1][0][0]):
            b -= 1
            out[b][1] = 'O'
        if a < b:
            out[a][1] = 'B-' + kind
        i = j
    return [tuple(w) for w in out], owner


def from_conll(path):
    return [split_tokens(s)[0] for s in conll(path)]


def paragraphs(text):
    """[(start, end)] of the lines that hold words."""
    return [(m.start(), m.end()) for m in re.finditer(r'[^\n]+', text) if m.group().strip()]


def document(d):
    """A gold line -> (sentences, spans of their words)."""
    kind = {e['id']: KIND.get(e['kind']) for e in d['entities']}
    mentions = sorted((m['start'], m['end'], kind[m['entity']]) for m in d.get('mentions', ()))
    out, where = [], []
    for a, b in paragraphs(d['text']):
        spans = [(a + s, a + e) for s, e in words(d['text'][a:b])]
        sentence = [[d['text'][s:e], 'O', -1] for s, e in spans]
        for s, e, k in mentions:
            inside = [i for i, (x, y) in enumerate(spans) if x < e and y > s]
            for n, i in enumerate(inside):
                sentence[i][1] = ('I-' if n else 'B-') + k
            if inside:
                sentence[inside[0]][2] = max(0, s - spans[inside[0]][0])
        out.append([tuple(w) for w in sentence])
        where.append(spans)
    return out, where


def load_jsonl(path):
    opener = gzip.open if str(path).endswith('.gz') else open
    return [json.loads(line) for line in opener(path, 'rt', encoding='utf8') if line.strip()]


def panel(docs, held):
    """Deterministic split of the gold articles: (train, held-out)."""
    order = list(range(len(docs)))
    random.Random(20).shuffle(order)
    out = set(order[:held])
    return [d for i, d in enumerate(docs) if i not in out], [docs[i] for i in sorted(out)]


# --- WikiFANE: clitics are tokens of their own, hamza is stripped -------------------------------------------------

PREFIX = {'و', 'ف', 'ب', 'ل', 'ك', 'س', 'لل'}
SUFFIX = {'ه', 'ها', 'هم', 'هن', 'هما', 'نا', 'كم', 'ني'}


def attach(sentence):
    """(token, tag) with clitics joined to their words; the word's tag is the stem's."""
    out, held = [], ''
    for i, (token, tag) in enumerate(sentence):
        last = i + 1 == len(sentence)
        if token in PREFIX and tag[0] != 'I' and not last and is_word_char(sentence[i + 1][0][0]) and not sentence[i + 1][0].isdigit():
            held += token
            continue
        if token in SUFFIX and out and not held and tag[0] != 'B' and is_word_char(out[-1][0][-1]) and len(out[-1][0]) > 1:
            stem, t = out[-1]
            out[-1] = ((stem[:-1] + 'ت' if stem.endswith('ة') else stem[:-1] + 'ا' if stem.endswith('ى') else stem) + token, t)
            continue
        if held.endswith('ل') and token.startswith('ال') and not held.endswith('لل'):
            token = token[1:]
        out.append((held + token, tag))
        held = ''
    return out


def hamza_forms(frequency):
    """{stripped word: its most frequent spelling in raw text} for the words that carry a hamza."""
    best = {}
    for word, n in frequency.items():
        bare = word.translate(STRIP)
        if n > best.get(bare, (0, ''))[0]:
            best[bare] = (n, word)
    return {bare: word for bare, (n, word) in best.items() if word != bare and n >= 3}


def wikifane(path, forms, banned):
    out = []
    for sentence in conll(path):
        if ' '.join(t.translate(STRIP) for t, _ in sentence) in banned:
            continue
        sentence = [(forms.get(t, t), tag) for t, tag in attach(sentence)]
        out.append(split_tokens(sentence)[0])
    return out


# --- augmentation --------------------------------------------------------------------------------------------------

def augment(sentence, rng):
    """Spelling as readers meet it: hamza dropped, final ة and ى written ه and ي. Never changes the labels."""
    hamza, final = rng.random() < 0.15, rng.random() < 0.05
    if not (hamza or final):
        return sentence
    def change(w):
        if hamza:
            w = w.translate(STRIP)
        if final and len(w) > 2:
            w = w[:-1] + {'ة': 'ه', 'ى': 'ي'}.get(w[-1], w[-1])
        return w
    return [(change(w), label, clitic) for w, label, clitic in sentence]


def bare(words, clitic):
    """No proclitic before the name, as far as the corpus or the first letter tells."""
    return clitic == 0 or clitic < 0 and words[0][:1] not in 'وفبلك'


def mentions(sentence):
    """[(first word, end, kind, words)]"""
    return [(a, b, kind, tuple(w for w, *_ in sentence[a:b])) for a, b, kind in spans([label or 'O' for _, label, _ in sentence])]


def names(docs):
    """{kind: [words]}: every name of the documents once, those with a proclitic left out."""
    out = {}
    for s in (s for d in docs for s in d):
        for a, _, kind, ws in mentions(s):
            if bare(ws, s[a][2]):
                out.setdefault(kind, {})[ws] = None
    return {kind: list(ws) for kind, ws in out.items()}


def swap(doc, names, chance, rng):
    """Some names of a document become others of their kind, the same one wherever they stand: what is around a name has to tell."""
    chosen, out = {}, []
    for s in doc:
        row, at = [], 0
        for a, b, kind, ws in mentions(s):
            if (kind, ws) not in chosen:
                chosen[kind, ws] = names[kind][rng.integers(len(names[kind]))] if names.get(kind) and rng.random() < chance else None
            new = chosen[kind, ws] if bare(ws, s[a][2]) else None
            row += s[at:a] + ([(w, ('I-' if i else 'B-') + kind, 0 if s[a][2] == 0 and not i else -1) for i, w in enumerate(new)] if new else s[a:b])
            at = b
        out.append(row + s[at:])
    return out


def frequencies(paths):
    """Words of the raw corpora with their counts."""
    count = {}
    for path in paths:
        for d in load_jsonl(path):
            for text in (d.get('title') or '', d['text']):
                for a, b in words(text):
                    w = text[a:b]
                    count[w] = count.get(w, 0) + 1
    return count
