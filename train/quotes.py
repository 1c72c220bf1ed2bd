"""Fits the weights by which a speaker is chosen: assets/speakers.txt.

    quotes.py GOLD.jsonl CHOICES.jsonl... [--out assets/speakers.txt]

CHOICES are what `DECISIONS=1 cargo run --example gold` wrote for the same documents: with the gold names, with the
model's, or both. Each choice has the contexts of its place and the traits of its candidates. The model is a logit over
the candidates of a choice, linear in the pairs context x trait; a pair that is worth little is left out, so the table
stays short enough to read. What was heard before a place depends on the weights, so build and fit two or three times.

Five folds over documents say what the table is worth on text that it was not fitted to; the table itself is fitted to all.
"""
import argparse, json, re
from collections import Counter, defaultdict
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

FOLD = str.maketrans('أإآٱىةؤئ', 'اااايهوي')


def fold(text):
    return re.sub('[\u064b-\u065f\u0670\u0640\u200c-\u200f]', '', text).translate(FOLD).split()


def shared(left, right):
    """The share of what two spans cover that is in both."""
    return max(0, min(left[1], right[1]) - max(left[0], right[0])) / (max(left[1], right[1]) - min(left[0], right[0]))


def same_name(text, left, right):
    """The same end, and starts that a proclitic may part."""
    return left[1] == right[1] and abs(left[0] - right[0]) <= 3


def examples(gold, found):
    """(contexts, [traits], [right], is it a name in gold) for each choice whose quote the gold has."""
    kinds = {e['id']: e['kind'] for e in gold['entities']}
    theirs = {e['id']: e['kind'] for e in found['entities']}
    pairs = {(g['entity'], f['entity']) for g in gold['mentions'] for f in found['mentions']
             if kinds[g['entity']] == theirs[f['entity']]
             and same_name(gold['text'], (g['start'], g['end']), (f['start'], f['end']))}
    for choice in found['decisions']:
        for kind, span in choice['quotes']:
            # A report inside a report covers most of it: the one that fits best is meant.
            near = [(shared((q['start'], q['end']), span), -q['start'], q) for q in gold['quotes'] if q['kind'] == kind]
            fit, _, match = max(near, key=lambda one: one[:2], default=(0, 0, None))
            if fit < 0.5 or match['speaker'] is None:
                continue
            speaker = match['speaker']
            if speaker.get('entity'):
                right = [(speaker['entity'], c['entity']) in pairs for c in choice['candidates']]
            else:
                words = set(fold(speaker['text']))
                right = [c['entity'] is None and bool(words & set(fold(c['text']))) for c in choice['candidates']]
            traits = [c['traits'] for c in choice['candidates']]
            yield choice['contexts'], traits, right, bool(speaker.get('entity'))


class Table:
    """Pairs to columns."""
    def __init__(self, data, least):
        counts = Counter()
        for contexts, candidates, _, _ in data:
            seen = {(c, t) for traits in candidates for t in traits for c in contexts}
            counts.update(seen)
        self.column = {pair: i for i, pair in enumerate(sorted(p for p, n in counts.items() if n >= least))}

    def rows(self, contexts, candidates):
        return [[self.column[c, t] for c in contexts for t in traits if (c, t) in self.column] for traits in candidates]


def fit(table, data, ridge, least):
    """The weights; after a first fit the pairs that weigh little go and the rest are fitted again."""
    data = [example for example in data if any(example[2])]
    rows = [columns for example in data for columns in table.rows(example[0], example[1])]
    right = np.array([good for example in data for good in example[2]])
    starts = np.cumsum([0] + [len(example[2]) for example in data])[:-1]
    group = np.repeat(np.arange(len(data)), [len(example[2]) for example in data])
    ends = np.cumsum([0] + [len(columns) for columns in rows])
    cells = np.concatenate([np.array(columns, dtype=np.int32) for columns in rows])
    matrix = csr_matrix((np.ones(len(cells)), cells, ends), shape=(len(rows), len(table.column)))
    keep = np.ones(len(table.column), dtype=bool)

    def share(values, mask):
        """The logarithm of the sum over each choice, and the share of each candidate in it."""
        values = np.where(mask, values, -1e9)
        top = np.maximum.reduceat(values, starts)
        powers = np.exp(values - top[group])
        total = np.add.reduceat(powers, starts)
        return top + np.log(total), powers / total[group]

    def loss(weights):
        values = matrix @ weights
        every, all_ = share(values, np.ones_like(right))
        good, rights = share(values, right)
        slope = matrix.T @ (all_ - rights) + 2 * ridge * weights
        return (every - good).sum() + ridge * weights @ weights, slope * keep

    weights = np.zeros(len(table.column))
    for _ in range(2):
        weights = minimize(loss, weights * keep, jac=True, method='L-BFGS-B', options={'maxiter': 300}).x * keep
        keep = np.abs(weights) >= least
    return weights * keep


def scores(table, weights, example):
    return np.array([weights[columns].sum() for columns in table.rows(example[0], example[1])])


def rules(example):
    said = [i for i, traits in enumerate(example[1]) if 'what the rules say' in traits]
    return bool(said) and example[2][said[0]]


def measure(table, weights, data):
    right = named = names = 0
    sure = []
    for example in data:
        if not example[1]:
            continue
        sums = scores(table, weights, example)
        best = int(sums.argmax())
        sure.append((1 / np.exp(sums - sums[best]).sum(), bool(example[2][best])))
        right += example[2][best]
        names += example[3]
        named += example[3] and example[2][best]
    return right, len(data), named, names, sure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('gold')
    parser.add_argument('choices', nargs='+')
    parser.add_argument('--out')
    parser.add_argument('--ridge', type=float, default=20)
    parser.add_argument('--light', type=float, default=0.15, help='pairs that weigh less are left out')
    parser.add_argument('--least', type=int, default=5, help='choices that a pair must occur in')
    parser.add_argument('--folds', type=int, default=5)
    options = parser.parse_args()
    gold = {d['id']: d for d in map(json.loads, open(options.gold, encoding='utf8'))}
    order = {name: i for i, name in enumerate(gold)}
    sets = []
    for path in options.choices:
        found = [json.loads(line) for line in open(path, encoding='utf8')]
        sets.append({d['id']: list(examples(gold[d['id']], d)) for d in found})
    fold_of = lambda name: order[name] % options.folds
    totals = defaultdict(lambda: np.zeros(5))
    sure = []
    for fold in range(options.folds):
        train = [e for s in sets for name, es in s.items() if fold_of(name) != fold for e in es]
        table = Table(train, options.least)
        weights = fit(table, train, options.ridge, options.light)
        for path, s in zip(options.choices, sets):
            test = [e for name, es in s.items() if fold_of(name) == fold for e in es]
            right, all_, named, names, said = measure(table, weights, test)
            totals[path] += [right, all_, named, names, sum(map(rules, test))]
            sure += said
    for path, (right, all_, named, names, ruled) in totals.items():
        possible = sum(any(e[2]) for es in sets[options.choices.index(path)].values() for e in es)
        print(f'{path}: held out {100 * right / all_:.1f} of {all_:.0f}, named {100 * named / names:.1f} of {names:.0f}; '
              f'the rules alone {100 * ruled / all_:.1f}; the right one is among the candidates in {100 * possible / all_:.1f}')
    print('said   right  of   (held out)')
    for low in np.arange(0, 1, 0.1):
        inside = [(p, ok) for p, ok in sure if low <= p < low + 0.1 or (low > 0.85 and p >= 1)]
        if inside:
            print(f'{np.mean([p for p, _ in inside]):.2f}   {np.mean([ok for _, ok in inside]):.2f}   {len(inside)}')
    data = [e for s in sets for es in s.values() for e in es]
    table = Table(data, options.least)
    weights = fit(table, data, options.ridge, options.light)
    kept = [(w, pair) for pair, w in zip(table.column, weights) if w]
    print(f'{len(kept)} of {len(table.column)} pairs kept; on what it was fitted to {measure(table, weights, data)[:4]}')
    if options.out:
        head = [line for line in open(options.out, encoding='utf8') if line.startswith('#')]
        with open(options.out, 'w', encoding='utf8') as out:
            out.writelines(head)
            for weight, (context, trait) in sorted(kept, key=lambda k: (k[1][0] != 'always', k[1][0], -k[0])):
                out.write(f'{weight:+.2f} | {context} | {trait}\n')


if __name__ == '__main__':
    main()
