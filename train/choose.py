"""Paragraphs worth reading: where the model's second-best tag of a word comes closest (active learning). Prints them with the
model's marks; the answers are kept in extra.tsv."""
import random
import re

import numpy as np
import torch

import data
import measure
import network
import text
from decode import log_softmax, spans


def fresh(shared):
    """ANT articles that are neither annotated nor near an annotated one (no eight words in a row in common)."""
    gold = data.load_jsonl(shared / 'gold/train.jsonl') + data.load_jsonl(shared / 'gold/dev.jsonl')
    def grams(s):
        w = [s[a:b] for a, b in text.words(s)]
        return {tuple(w[i:i + 8]) for i in range(len(w) - 7)}
    seen, taken = set().union(*(grams(d['text']) for d in gold)), {d.get('doc') for d in gold}
    out = []
    for d in data.load_jsonl(shared / 'corpora/raw/antcorpus.jsonl.gz'):
        g = grams(d['text'])
        if d['id'] not in taken and not g & seen:
            out.append(d)
            seen |= g
    return out


def sentences(d):
    return [[(d['text'][a + s:a + e], 'O', -1) for s, e in text.words(d['text'][a:b])] for a, b in data.paragraphs(d['text'])]


def run(shared, work, source, target, wanted=450, show=260):
    net, tokenizer = network.load(source), text.load_tokenizer(work / 'pieces.tsv')
    docs = fresh(shared)
    print(len(docs), 'articles left')
    weight = dict(internationalNews=4, politic=4, economy=4, technology=4, culture=3, sport=2, diverse=2, society=1.5, localNews=0.4)
    rng = random.Random(5)
    docs.sort(key=lambda d: -(rng.random() ** (1 / weight[d['id'].split('-')[1]])))
    rows = []
    for d in docs[:wanted]:
        ss = sentences(d)
        if not ss:
            continue
        for n, (s, (scores, _)) in enumerate(zip(ss, measure.logits(net, ss, tokenizer, 'guide'))):
            if not 14 <= len(s) <= 60:
                continue
            logp = log_softmax(scores) + measure.NO_MISC
            top = np.sort(np.exp(logp), -1)
            margin = np.sort(1 - (top[:, -1] - top[:, -2]))
            doubt = margin[-4:].sum()
            rows.append((doubt, d['id'], n, s, measure.tags(scores)))
    rows.sort(key=lambda r: -r[0])
    out, per = [], {}
    for doubt, doc, n, s, tags in rows:
        per[doc] = per.get(doc, 0) + 1
        if per[doc] <= 2:
            out.append((doc, n, s, tags))
    with open(target, 'w', encoding='utf8') as f:
        for k, (doc, n, s, tags) in enumerate(out[:show]):
            words = [w for w, *_ in s]
            for a, b, t in sorted(spans(tags), reverse=True):
                words[b - 1] += ']'
                words[a] = t[0] + '[' + words[a]
            f.write(f'{k}\t{doc}\t{n}\t' + ' '.join(words) + '\n')


def settle(shown, folder, target):
    """shown: the files that run() wrote. folder: edits.*.txt, one line a paragraph that is not right as it stands,

        NUMBER x                       leave the paragraph out
        NUMBER -words ; +O words ; …   unmark every mention with these words, mark every occurrence (P, O, L)

    and DONE.*.txt, the numbers that were read (FIRST-LAST): only those count.
    -> target: article, paragraph, marks as first-end:kind in words. No text."""
    changes, read = {}, set()
    for path in sorted(folder.glob('edits.*.txt')):
        for line in open(path, encoding='utf8'):
            number, _, rest = line.strip().partition(' ')
            if number:
                changes.setdefault(int(number), []).extend(p.strip() for p in rest.split(';') if p.strip())
    for path in sorted(folder.glob('DONE.*.txt')):
        for first, last in re.findall(r'(\d+)-(\d+)', path.read_text()):
            read.update(range(int(first), int(last) + 1))
    out, bad = [], []
    for line in (line for path in shown for line in open(path, encoding='utf8')):
        number, doc, paragraph, marked = line.rstrip('\n').split('\t')
        edit = changes.get(int(number), [])
        if int(number) not in read or 'x' in edit:
            continue
        plain, marks = unmark(marked)
        for e in edit:
            kind, what = (e[1], e[2:].split()) if e[0] == '+' else (None, e[1:].split())
            places = [(i, i + len(what)) for i in range(len(plain)) if plain[i:i + len(what)] == what]
            if kind is None:
                places = [p for p in places if p in marks]
            if not places or not what:
                bad.append((number, e))
            for a, b in places:
                for p in [p for p in marks if p[0] < b and p[1] > a]:
                    del marks[p]
                if kind:
                    marks[a, b] = kind
        out.append(f"{doc}\t{paragraph}\t{' '.join(f'{a}-{b}:{k}' for (a, b), k in sorted(marks.items()))}")
    target.write_text('\n'.join(sorted(out)) + '\n')
    return len(out), bad


def unmark(marked):
    """The words of a shown paragraph, and {(first, end): kind}."""
    plain, marks, start = [], {}, None
    for w in marked.split(' '):
        if len(w) > 2 and w[1] == '[' and w[0] in 'POL':
            start, w = (len(plain), w[0]), w[2:]
        if start and w.endswith(']') and len(w) > 1:
            w = w[:-1]
            marks[start[0], len(plain) + 1], start = start[1], None
        plain.append(w)
    return plain, marks


def extra(shared, path):
    """The paragraphs of extra.tsv as documents of one sentence."""
    if not path.exists():
        return []
    texts = {d['id']: d for d in data.load_jsonl(shared / 'corpora/raw/antcorpus.jsonl.gz')}
    out = []
    for line in path.read_text().splitlines():
        doc, paragraph, marks = line.split('\t')
        sentence = [list(w) for w in sentences(texts[doc])[int(paragraph)]]
        for m in marks.split():
            where, kind = m.split(':')
            a, b = map(int, where.split('-'))
            for i in range(a, b):
                sentence[i][1] = ('I-' if i > a else 'B-') + dict(P='PER', O='ORG', L='LOC')[kind]
        out.append([[tuple(w) for w in sentence]])
    return out
