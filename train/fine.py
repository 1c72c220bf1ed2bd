"""Stage 'fit:NAME': one step of recipes.py. A recipe with `all` trains on the held-out articles too (the model that ships); one
with `without` leaves whole sources out and is measured on them after every epoch."""
import json
import pathlib
import pickle

import numpy as np
import torch

import choose
import data
import fit
import measure
import network
import text
from recipes import HEAD, RECIPES

HELD_ARTICLES, HELD_SENTENCES = 60, 400


def source(article):
    """Where an annotated article comes from: `ant`, `wikinews`, `wikipedia`, or the batch (a to g) of a written one."""
    where = article.get('source', 'ant')
    return article['id'][0] if where == 'written' else where


class Sets:
    """without: sources of gold articles that are held out, all of them; else some articles and sentences of all, unless everything."""

    def __init__(self, shared, work, everything=False, without=()):
        with open(work / 'corpora.pkl', 'rb') as f:
            self.sets = pickle.load(f)
        articles = data.load_jsonl(shared / 'gold/train.jsonl') + data.load_jsonl(shared / 'gold/more.jsonl')
        if without:
            gold, held = [d for d in articles if source(d) not in without], [d for d in articles if source(d) in without]
        else:
            gold, held = data.panel(articles, HELD_ARTICLES)
        self.gold = [data.document(d)[0] for d in (gold + held if everything and not without else gold)]
        self.extra = choose.extra(shared, pathlib.Path(__file__).with_name('extra.tsv'))
        self.held = [data.document(d)[0] for d in held]
        self.aner_held = self.sets['anercorp'][-HELD_SENTENCES:]
        if not everything:
            self.sets['anercorp'] = self.sets['anercorp'][:-HELD_SENTENCES]
        silver = work / 'silver.pkl'
        self.silver = pickle.load(open(silver, 'rb')) if silver.exists() else []
        self.names = {}
        self.tokenizer = text.load_tokenizer(work / 'pieces.tsv')

    def documents(self, name):
        """Articles, or blocks of neighbouring sentences where a corpus has no article borders."""
        if name == 'gold':
            return self.gold
        if name in ('silver', 'extra'):
            return getattr(self, name)
        s = self.sets[name]
        return [s[i:i + 16] for i in range(0, len(s), 16)]

    def windows(self, mix, rng, swap=0.0):
        """swap: how many of the names of ANERcorp and the gold articles become others."""
        out = []
        if swap and not self.names:
            self.names.update({name: data.names(self.documents(name)) for name in ('anercorp', 'gold')})
            for kind in ('PER', 'LOC'):
                both = list(dict.fromkeys(self.names['anercorp'][kind] + self.names['gold'][kind]))
                self.names['anercorp'][kind] = self.names['gold'][kind] = both
        for name, times in mix.items():
            docs = self.documents(name)
            picks = list(range(len(docs))) * int(times)
            rest = times - int(times)
            if rest:
                picks += [int(i) for i in rng.permutation(len(docs))[:round(rest * len(docs))]]
            for i in picks:
                room = int(rng.choice([256, 256, 128, 64]))
                doc = data.swap(docs[i], self.names[name], swap, rng) if swap and name in self.names else docs[i]
                doc = [data.augment(s, rng) for s in doc]
                out += [(HEAD[name], ids, marks) for ids, marks in fit.pack(doc, self.tokenizer, room, rng, together=0.95)]
        return out


def run(shared, work, name, seed=1):
    recipe = RECIPES[name]
    seed = recipe.get('seed', seed)
    everything = recipe.get('all', False)
    tag = name + (f'.s{seed}' if seed not in (1, recipe.get('seed')) else '')
    folder = work / 'runs' / tag
    start = work / 'start.pt' if recipe['start'] == 'start' else work / 'runs' / recipe['start'] / 'average.pt'
    without = recipe.get('without', ())
    sets = Sets(shared, work, everything, without)
    net = network.load(start)

    def check(net):
        if without:
            return measure.short(measure.documents_f1(net, sets.tokenizer, sets.held))
        if everything:
            return None
        return dict(guide=measure.short(measure.documents_f1(net, sets.tokenizer, sets.held)),
                    anercorp=measure.short(measure.sentences_f1(net, sets.tokenizer, sets.aner_held, 'anercorp')))
    folder.mkdir(parents=True, exist_ok=True)
    log_file = open(folder / 'log.txt', 'a')

    def log(line):
        print(line, flush=True)
        print(line, file=log_file, flush=True)
    settings = {k: v for k, v in recipe.items() if k not in ('start', 'mix', 'epochs', 'all', 'swap', 'without', 'seed')}
    fit.train(net, lambda epoch, rng: sets.windows(recipe['mix'], rng, recipe.get('swap', 0.0)), recipe['epochs'], folder, seed=seed, check=check, log=log, **settings)
    (folder / 'done.json').write_text(json.dumps(dict(recipe=recipe, seed=seed, held=check(net))))
