"""Fits the weights by which a speaker is chosen: assets/speakers.txt.

    quotes.py GOLD.jsonl[,GOLD.jsonl...] CHOICES.jsonl... [--out assets/speakers.txt]

CHOICES are what `DECISIONS=1 cargo run --example gold` wrote for the same documents: with the gold names, and with names
that err as a tagger's do (noise.py). Each choice has the contexts of its place and the features of its candidates. The
model is a logit over the candidates of a choice, linear in the pairs context x feature; a pair that is worth next to
nothing is left out, so the table can still be read. What was heard before a place depends on the weights, so build and fit
two or three times.

Sources are left out one by one (--sources groups them): what the table is worth on a newspaper that it was not fitted
to, which ridge and how many pairs are best there (--search), and how sure it may be. The table itself is fitted to all.
"""
import argparse, json, re
from collections import Counter, defaultdict
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

FOLD = str.maketrans('أإآٱىةؤئ', 'اااايهوي')
# How much a choice counts, by the first letter of its article: what was written to be hard counts less, or the table
# learns speakers of dialogues and loses those of the news. Chosen on the sources left out.
WEIGHT, WRITTEN = {'t': 1.0, 'n': 2.0, 'k': 2.0, 'm': 2.0}, 0.4
# Speakers without a name are one in seven; counted a little more, one to five more of 100 of them are right on every source
# left out, and as many of all.
NOMINAL = 1.5
# As many candidates of a choice are kept, the likeliest by the table before, and the right ones.
CANDIDATES = 8
GROUPS = ['t', 'nkm', 'a', 'b', 'c', 'd', 'e', 'f', 'g']


def fold(text):
    return re.sub('[\u064b-\u065f\u0670\u0640\u200c-\u200f]', '', text).translate(FOLD).split()


def shared(left, right):
    """The share of what two spans cover that is in both."""
    return max(0, min(left[1], right[1]) - max(left[0], right[0])) / (max(left[1], right[1]) - min(left[0], right[0]))


def same_name(left, right):
    """The same end, and starts that a proclitic may part."""
    return left[1] == right[1] and abs(left[0] - right[0]) <= 3


def examples(gold, found):
    """(contexts, [features], [right], is it a name in gold, weight) for each choice whose quote the gold has."""
    kinds = {e['id']: e['kind'] for e in gold['entities']}
    theirs = {e['id']: e['kind'] for e in found['entities']}
    ends = defaultdict(list)
    for f in found['mentions']:
        ends[f['end']].append(f)
    pairs = {(g['entity'], f['entity']) for g in gold['mentions'] for f in ends[g['end']]
             if kinds[g['entity']] == theirs[f['entity']] and same_name((g['start'], g['end']), (f['start'], f['end']))}
    for choice in found['decisions']:
        for kind, span in choice['quotes']:
            # A report inside a report covers most of it: the one that fits best is meant.
            near = [(shared((q['start'], q['end']), span), -q['start'], q) for q in gold['quotes'] if q['kind'] == kind]
            fit, _, match = max(near, key=lambda one: one[:2], default=(0, 0, None))
            if fit < 0.5 or match['speaker'] is None or not choice['candidates']:
                continue
            speaker = match['speaker']
            if speaker.get('entity'):
                right = [(speaker['entity'], c['entity']) in pairs for c in choice['candidates']]
            else:
                words = set(fold(speaker['text']))
                right = [c['entity'] is None and bool(words & set(fold(c['text']))) for c in choice['candidates']]
                # Of several that share a word the one with most of the same words is meant.
                if sum(right) > 1:
                    alike = [len(words & set(fold(c['text']))) / len(words | set(fold(c['text']))) if ok else 0
                             for ok, c in zip(right, choice['candidates'])]
                    right = [value == max(alike) for value in alike]
            kept = [i for i, good in enumerate(right) if good or i < CANDIDATES]
            features = [choice['candidates'][i]['features'] for i in kept]
            right = [right[i] for i in kept]
            weight = WEIGHT.get(gold['id'][0], WRITTEN) * (1 if speaker.get('entity') else NOMINAL)
            yield choice['contexts'], features, right, bool(speaker.get('entity')), weight


class Table:
    """Pairs to columns."""
    def __init__(self, data, least):
        counts = Counter()
        for contexts, candidates, *_ in data:
            seen = {f for features in candidates for f in features}
            counts.update((c, f) for f in seen for c in contexts)
        self.column = {pair: i for i, pair in enumerate(sorted(p for p, n in counts.items() if n >= least))}

    def rows(self, contexts, candidates):
        column = self.column
        return [[column[c, f] for c in contexts for f in features if (c, f) in column] for features in candidates]


class Batch:
    """Choices as one matrix, a row for each candidate."""
    def __init__(self, table, data):
        self.data = data
        rows = [columns for example in data for columns in table.rows(example[0], example[1])]
        self.right = np.array([good for example in data for good in example[2]], dtype=bool)
        sizes = [len(example[2]) for example in data]
        self.starts = np.cumsum([0] + sizes)[:-1]
        self.group = np.repeat(np.arange(len(data)), sizes)
        self.weight = np.array([example[4] for example in data])
        ends = np.cumsum([0] + [len(columns) for columns in rows])
        cells = np.concatenate([np.array(columns, dtype=np.int32) for columns in rows])
        self.matrix = csr_matrix((np.ones(len(cells), dtype=np.float32), cells, ends), shape=(len(rows), len(table.column)))
        self.turned = self.matrix.T.tocsr()

    def shares(self, values, mask=None):
        """The logarithm of the sum over each choice, and the share of each candidate in it."""
        values = values if mask is None else np.where(mask, values, -1e9)
        top = np.maximum.reduceat(values, self.starts)
        powers = np.exp(values - top[self.group])
        total = np.add.reduceat(powers, self.starts)
        return top + np.log(total), powers / total[self.group]


def fit(table, data, ridge, light):
    """The weights; after a first fit the pairs that weigh little go and the rest are fitted again."""
    batch = Batch(table, [example for example in data if any(example[2])])
    keep = np.ones(len(table.column), dtype=bool)

    def loss(weights):
        values = batch.matrix @ weights
        every, all_ = batch.shares(values)
        good, rights = batch.shares(values, batch.right)
        slope = batch.turned @ ((all_ - rights) * batch.weight[batch.group]) + 2 * ridge * weights
        return ((every - good) * batch.weight).sum() + ridge * weights @ weights, slope * keep

    weights = np.zeros(len(table.column))
    for rounds in (80, 120):
        weights = minimize(loss, weights * keep, jac=True, method='L-BFGS-B', options={'maxiter': rounds}).x * keep
        keep = np.abs(weights) >= light
    return weights * keep


def rules(example):
    said = [i for i, features in enumerate(example[1]) if 'what the rules say' in features]
    return bool(said) and example[2][said[0]]


def measure(table, weights, data):
    """For each choice: the chance of the likeliest, and whether it is right."""
    if not data:
        return []
    batch = Batch(table, data)
    _, shares = batch.shares(batch.matrix @ weights)
    out = []
    for start, example in zip(batch.starts, data):
        own = shares[start:start + len(example[2])]
        best = int(own.argmax())
        out.append((float(own[best]), bool(example[2][best])))
    return out


def share(pairs):
    return 100 * sum(ok for _, ok in pairs) / max(len(pairs), 1)


def temperature(said):
    """By what the sums are to be divided so that what is said is right as often as said (of the likeliest alone)."""
    chance, right = (np.array(column, dtype=float) for column in zip(*said))
    chance = np.clip(chance, 1e-4, 1 - 1e-4)
    logit = np.log(chance / (1 - chance))
    loss = lambda t: -(right * np.log(1 / (1 + np.exp(-logit / t))) + (1 - right) * np.log(1 - 1 / (1 + np.exp(-logit / t)))).mean()
    return min(np.arange(0.6, 3.01, 0.05), key=loss)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('gold')
    parser.add_argument('choices', nargs='+')
    parser.add_argument('--out')
    parser.add_argument('--ridge', type=float, default=40, help='many small weights, held small, do better on sources left out than few large ones')
    parser.add_argument('--light', type=float, default=0.06, help='pairs that weigh less are left out')
    parser.add_argument('--least', type=int, default=10, help='choices that a pair must occur in')
    parser.add_argument('--sources', default=' '.join(GROUPS), help='first letters of ids, those of one source together')
    parser.add_argument('--search', help='ridges to compare, with commas between, on the sources left out')
    parser.add_argument('--temperature', type=float, help='instead of finding it on the sources left out')
    options = parser.parse_args()
    gold = {d['id']: d for path in options.gold.split(',') for d in map(json.loads, open(path, encoding='utf8'))}
    sets = []
    for path in options.choices:
        found = (json.loads(line) for line in open(path, encoding='utf8'))
        sets.append({d['id']: list(examples(gold[d['id']], d)) for d in found})
    source = lambda name: next((group for group in options.sources.split() if name[0] in group), name[0])
    heat = options.temperature
    if heat is None:
        for ridge in [float(r) for r in (options.search or str(options.ridge)).split(',')]:
            totals, sure, first = defaultdict(list), [], []
            for out in options.sources.split():
                train = [e for s in sets for name, es in s.items() if source(name) != out for e in es]
                table = Table(train, options.least)
                weights = fit(table, train, ridge, options.light)
                for index, s in enumerate(sets):
                    test = [e for name, es in s.items() if source(name) == out for e in es]
                    said = measure(table, weights, test)
                    sure += said
                    totals[out, index > 0] += said
                    first += [(said[i], e[3], rules(e), any(e[2])) for i, e in enumerate(test)] if index == 0 else []
                print(f'  ridge {ridge:g}, without {out}: {share(totals[out, False]):.1f}, with names that err '
                      f'{share(totals[out, True]):.1f} of {len(totals[out, False])}', flush=True)
            clean = [s for (out, noisy), said in totals.items() if not noisy for s in said]
            noisy = [s for (out, noisy), said in totals.items() if noisy for s in said]
            named = [s for s, is_named, _, _ in first if is_named]
            print(f'ridge {ridge:g}: held out {share(clean):.2f}, named {share(named):.2f}, with names that err {share(noisy):.2f}; '
                  f'the rules alone {100 * np.mean([r for _, _, r, _ in first]):.1f}; the right one is among the candidates in '
                  f'{100 * np.mean([p for _, _, _, p in first]):.1f}')
            heat = temperature(sure)
            print('threshold   said of 100   right of 100 said, by the sources left out, after the temperature')
            cool = lambda p: 1 / (1 + ((1 - min(max(p, 1e-6), 1 - 1e-6)) / min(max(p, 1e-6), 1 - 1e-6)) ** (1 / heat))
            for group, said in [('clean', clean), ('noisy', noisy)] + [(out + (' noisy' if n else ''), s) for (out, n), s in totals.items()]:
                row = []
                for least in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
                    kept = [ok for p, ok in said if cool(p) >= least]
                    row.append(f'{least:.2f}: {100 * len(kept) / len(said):.0f}/{100 * sum(kept) / max(len(kept), 1):.0f}')
                print(f'  {group:12}', '  '.join(row))
            print(f'temperature {heat:.2f}\nsaid   right  of   (sources left out, before the temperature)')
            for low in np.arange(0, 1, 0.1):
                inside = [(p, ok) for p, ok in sure if low <= p < low + 0.1 or (low > 0.85 and p >= 1)]
                if inside:
                    print(f'{np.mean([p for p, _ in inside]):.2f}   {np.mean([ok for _, ok in inside]):.2f}   {len(inside)}')
    if not options.out:
        return
    data = [e for s in sets for es in s.values() for e in es]
    table = Table(data, options.least)
    weights = fit(table, data, options.ridge, options.light)
    kept = [(w, pair) for pair, w in zip(table.column, weights) if w]
    print(f'{len(kept)} of {len(table.column)} pairs kept; on what it was fitted to {share(measure(table, weights, data)):.1f}')
    head = [line for line in open(options.out, encoding='utf8') if line.startswith('#')]
    with open(options.out, 'w', encoding='utf8') as out:
        out.writelines(head)
        out.write(f'{heat:.2f} | temperature\n')
        for weight, (context, feature) in sorted(kept, key=lambda k: (k[1][0] != 'always', k[1][0], -k[0])):
            out.write(f'{weight:+.2f} | {context} | {feature}\n')


if __name__ == '__main__':
    main()
