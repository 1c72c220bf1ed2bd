#!/usr/bin/env python3
"""What finds a person's articles: `rawi people`, and plain SQLite FTS5.

    benches/recall.py RAWI RESULTS.jsonl GOLD.jsonl

RESULTS are those of `rawi extract` over the articles of GOLD, whose lines are {"person", "name", "document", "form"}: the surface
form names this person there, whose usual name is `name` (../shared/gold/people). Every person is asked for by that. Printed, a line a way: how many of the pairs of a person and an article are found, and how
many articles are returned; one that is not among the pairs need not be wrong.
"""
import collections, json, os, re, sqlite3, subprocess, sys, tempfile

def folded(text):
    text = re.sub('[\u064b-\u0652\u0670\u0640]', '', text)
    for letters, one in (('أإآٱ', 'ا'), ('ة', 'ه'), ('ى', 'ي'), ('ؤ', 'و'), ('ئ', 'ي')): text = re.sub(f'[{letters}]', one, text)
    return text

def main(rawi, results, gold):
    texts = {d['id']: d['text'] for d in map(json.loads, open(results, encoding='utf8'))}
    pairs, usual = collections.defaultdict(set), {}
    for line in map(json.loads, open(gold, encoding='utf8')):
        if line['document'] in texts:
            pairs[line['person']].add(line['document']); usual[line['person']] = line['name']
    whole = sum(map(len, pairs.values()))
    def said(way, find):
        got, returned = 0, 0
        for person, name in usual.items():
            found = find(name)
            got += len(found & pairs[person]); returned += len(found)
        print(f'{way}: {got} of {whole} ({100 * got / whole:.1f} %), {returned} articles returned', flush=True)
    plain = lambda text: text
    for fold, named in ((plain, 'text as it is'), (folded, 'text folded first')):
        for setting in ('', ' remove_diacritics 2'):
            db = sqlite3.connect(':memory:')
            db.execute(f"CREATE VIRTUAL TABLE search USING fts5 (id UNINDEXED, text, tokenize = 'unicode61{setting}')")
            db.executemany('INSERT INTO search VALUES (?, ?)', [(id, fold(text)) for id, text in texts.items()])
            def ask(query): return {id for id, in db.execute('SELECT id FROM search WHERE search MATCH ?', (query,))}
            words = lambda name: [f'"{word}"' for word in re.findall(r'\w+', fold(name))]
            said(f'FTS5 unicode61{setting}, {named}, as a phrase', lambda name: ask('"' + ' '.join(re.findall(r'\w+', fold(name))) + '"'))
            said(f'FTS5 unicode61{setting}, {named}, all words', lambda name: ask(' AND '.join(words(name))))
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, RAWI_LIBRARY=os.path.join(folder, 'library.sqlite'))
        subprocess.run([rawi, 'index', '--from', results], env=env, check=True, stdout=subprocess.DEVNULL)
        def people(name):
            ran = subprocess.run([rawi, 'people', name, '--format', 'jsonl'], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            first = json.loads(ran.stdout.splitlines()[0]) if ran.stdout.strip() else {'documents': []}
            return {d['id'] for d in first['documents']}
        said('rawi people NAME, the first person', people)

if __name__ == '__main__': main(*sys.argv[1:])
