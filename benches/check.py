#!/usr/bin/env python3
"""Measures `rawi check` on drafts that are made from annotated articles.

    benches/check.py RAWI LIBRARY GOLD.jsonl... [--others OTHERS.jsonl] [--speed RESULTS.jsonl] [--show KIND]

LIBRARY is one that holds the articles of GOLD ({"id", "text", "entities", "quotes"} a line, as in ../shared/gold) among
others. From every direct quote with a named speaker, drafts are made: true ones (as it is, spelled otherwise, pointed
otherwise, a part of it, cut with an ellipsis) and wrong ones (a word replaced, a word dropped, a negation put in, a number
changed, halves of two joined, another speaker, and invented ones: those of OTHERS that the library does not hold). Each kind is
one draft with all its quotes, `قال NAME: «…».` a paragraph. Quotes of six words and more are counted apart from shorter ones.
Flagged is what makes the exit code 3: not verbatim, or another speaker. With --speed, 1,000 direct quotes of RESULTS (of
`rawi extract`) are checked at once, and `rawi extract` of the same draft is timed beside it. --show prints quotes of a kind
whose verdict is not the wanted one.
"""
import argparse, collections, json, os, random, re, resource, sqlite3, subprocess, tempfile, time

NEGATIONS = {'لا', 'لم', 'لن', 'ليس', 'ليست', 'غير', 'ما', 'دون', 'بدون', 'عدم', 'إلا', 'لو', 'إذا', 'لكن', 'ولكن', 'ولا', 'ولم', 'ولن'}
TRUE = ['as it is', 'spelled otherwise', 'pointed otherwise', 'a part', 'cut with an ellipsis']
WRONG = ['a word replaced', 'a word dropped', 'a negation put in', 'a number changed', 'halves of two joined', 'another speaker', 'invented']

def bare(text): return ' '.join(re.sub('[«»"“”„\u2019\u2018]', ' ', text).split())

def letters(word): return re.sub(r'[^\w]', '', word)

def quotes(path):
    for line in open(path, encoding='utf8'):
        d = json.loads(line)
        people = {e['id']: e['name'] for e in d['entities'] if e['kind'] == 'person'}
        for q in d['quotes']:
            name = people.get((q.get('speaker') or {}).get('entity'))
            if q['kind'] == 'direct' and name and len(bare(q['text']).split()) >= 2:
                yield {'document': d['id'], 'name': name, 'text': bare(q['text'])}

def inner(words, rng):
    """The number of a word of the quote, neither the first nor the last, that has letters enough and is no negation."""
    places = [n for n in range(1, len(words) - 1) if len(letters(words[n])) > 3 and letters(words[n]) not in NEGATIONS]
    return rng.choice(places) if places else None

def made(kind, q, every, rng):
    """The draft's name and words, or None where the quote does not allow of it."""
    name, words = q['name'], q['text'].split()
    other = rng.choice([o for o in every if o['document'] != q['document']])
    if kind == 'as it is': return name, q['text']
    if kind == 'spelled otherwise':
        text = re.sub('[أإآ]', 'ا', q['text'])
        text = re.sub(r'ة\b', 'ه', text)
        text = re.sub(r'ى\b', 'ي', text)
        text = text.translate(str.maketrans('0123456789', '٠١٢٣٤٥٦٧٨٩'))
        return name, ' '.join(w[:1] + '\u064e' + w[1:] if n % 3 == 0 and w[:1].isalpha() else w for n, w in enumerate(text.split()))
    if kind == 'pointed otherwise':
        kept = [w.strip('،,.؛:!؟') or w for w in words]
        return name, ' '.join(w + '،' if n % 5 == 4 and n + 1 < len(kept) else w for n, w in enumerate(kept))
    if kind == 'a part':
        starts = [n for n in range(1, len(words) - 6) if letters(words[n - 1]) not in NEGATIONS]
        if not starts: return None
        start = rng.choice(starts)
        return name, ' '.join(words[start:start + max(6, (len(words) - start) // 2)])
    if kind == 'cut with an ellipsis':
        places = [n for n in range(3, len(words) - 5) if not NEGATIONS & {letters(w) for w in words[n - 1:n + 2]}]
        if not places: return None
        at = rng.choice(places)
        return name, ' '.join(words[:at]) + ' … ' + ' '.join(words[at + 2:])
    if kind == 'a word replaced':
        at, there = inner(words, rng), other['text'].split()
        new = inner(there, rng)
        if at is None or new is None or letters(there[new]) == letters(words[at]): return None
        return name, ' '.join(words[:at] + [letters(there[new])] + words[at + 1:])
    if kind == 'a word dropped':
        at = inner(words, rng)
        return None if at is None else (name, ' '.join(words[:at] + words[at + 1:]))
    if kind == 'a negation put in':
        at = inner(words, rng)
        return None if at is None else (name, ' '.join(words[:at] + [rng.choice(['لا', 'لم', 'لن', 'ليس'])] + words[at:]))
    if kind == 'a number changed':
        found = re.search(r'\d+', q['text'])
        return found and (name, q['text'][:found.start()] + str(int(found.group()) + 7) + q['text'][found.end():])
    if kind == 'halves of two joined':
        there = other['text'].split()
        if len(words) < 6 or len(there) < 6: return None
        return name, ' '.join(words[:len(words) // 2] + there[len(there) // 2:])
    if kind == 'another speaker':
        return None if set(other['name'].split()) & set(name.split()) else (other['name'], q['text'])
    raise ValueError(kind)

def check(rawi, library, drafts, folder):
    """The verdict on each of the drafts; None where rawi found no direct quote there."""
    text, places = '', []
    for name, words, _ in drafts:
        text += f'قال {name}: «'
        places.append((len(text), len(text) + len(words)))
        text += f'{words}».\n\n'
    path = os.path.join(folder, 'draft.txt')
    open(path, 'w', encoding='utf8').write(text)
    begun = time.perf_counter()
    ran = subprocess.run([rawi, 'check', path, '--library', library, '--format', 'json'], stdout=subprocess.PIPE)
    took = time.perf_counter() - begun
    assert ran.returncode in (0, 3), ran.returncode
    found = json.loads(ran.stdout)['quotes']
    def at(place):
        inside = [q for q in found if q['kind'] == 'direct' and q['start'] < place[1] and place[0] < q['end']]
        return max(inside, key=lambda q: q['end'] - q['start'], default=None)
    return [at(place) for place in places], took, path

def used():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime

def share(part, whole): return f'{part} of {whole}' + (f' ({100 * part / whole:.1f} %)' if whole else '')

def overlap(quote):
    """The share of the draft's words that the source has in the same order, as the field counts it."""
    if not quote['source']: return 0.0
    words = quote['text'].split()
    return 1 - sum(len(c['draft'].split()) for c in quote['changes']) / max(1, len(words))

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('rawi'); parser.add_argument('library'); parser.add_argument('gold', nargs='*')
    parser.add_argument('--others'); parser.add_argument('--speed'); parser.add_argument('--show')
    args = parser.parse_args()
    every = [q for path in args.gold for q in quotes(path)]
    rng, folder = random.Random(18), tempfile.mkdtemp()
    totals = collections.defaultdict(collections.Counter)
    others, even = collections.Counter(), collections.Counter()
    people = {name for name, in sqlite3.connect(args.library).execute('SELECT name FROM people')}
    for kind in (TRUE + WRONG if every else []):
        wrong = kind in WRONG
        if kind == 'invented':
            if not args.others: continue
            held = ' '.join(bare(text) for text, in sqlite3.connect(args.library).execute('SELECT text FROM documents'))
            pool = [q for q in quotes(args.others) if q['text'][:30] not in held]
            drafts = [(q['name'], q['text'], '') for q in rng.sample(pool, min(len(pool), len(every)))]
        else:
            drafts = [(*d, q['document']) for q in every for d in [made(kind, q, every, rng)] if d]
        verdicts, _, _ = check(args.rawi, args.library, drafts, folder)
        counts = collections.defaultdict(collections.Counter)
        for (name, words, document), v in zip(drafts, verdicts):
            count = counts['six' if len(words.split()) >= 6 else 'short']
            count['all'] += 1
            if v is None: count['not read as a quote'] += 1; continue
            flagged = v['verdict'] != 'verbatim' or v['speaker_check'] == 'other'
            count[v['verdict']] += 1
            count['flagged'] += flagged
            known = v['speaker'] == name and bool(v['source']) and v['source']['speaker'] in people
            count['known'] += known
            count['known, flagged'] += known and flagged
            count['0.3'] += overlap(v) >= 0.3
            count['0.8'] += overlap(v) >= 0.8
            right = kind == 'another speaker' or bool(v['source']) and v['source']['document'] != document
            if v['speaker_check'] == 'other':
                others[right] += 1
                if kind in ('as it is', 'another speaker'): even[right] += 1
            if args.show == kind and flagged != wrong or args.show == 'other' and v['speaker_check'] == 'other' and not right:
                print(json.dumps({'kind': kind, 'name': name, 'words': words, **v}, ensure_ascii=False, indent=1))
        for size, count in counts.items():
            read = count['all'] - count['not read as a quote']
            print(f"{'wrong' if wrong else 'true'} | {kind} | {'six words or more' if size == 'six' else 'shorter'} | {read} of {count['all']} read | flagged {share(count['flagged'], read)} | verbatim {count['verbatim']}, altered {count['altered']}, not found {count['not-found']}, unsure {count['unsure']} | both speakers known {share(count['known, flagged'], count['known'])} flagged | overlap 0.3: {count['0.3']}, 0.8: {count['0.8']}", flush=True)
            total = totals[wrong, size]
            total['read'] += read; total['flagged'] += count['flagged']
            if kind == 'another speaker': total['flagged, known'] += count['known, flagged']; total['known'] += count['known']
            else: total['flagged, known'] += count['flagged']; total['known'] += read
    for (wrong, size), total in sorted(totals.items(), key=str):
        print(f"all {'wrong' if wrong else 'true'}, {'six words or more' if size == 'six' else 'shorter'}: flagged {share(total['flagged'], total['read'])}; with speakers known where only the speaker is wrong: {share(total['flagged, known'], total['known'])}")
    if others: print(f'`other` is right in {share(others[True], sum(others.values()))} over all drafts, in {share(even[True], sum(even.values()))} where as many have another speaker as have the right one')
    if args.speed:
        drafts = []
        for line in open(args.speed, encoding='utf8'):
            d = json.loads(line)
            names = {e['id']: e['name'] for e in d['entities']}
            for q in d['quotes']:
                name = names.get((q.get('speaker') or {}).get('entity'))
                if q['kind'] == 'direct' and name and len(q['text'].split()) >= 6 and len(drafts) < 1000:
                    drafts.append((name, bare(q['text']), ''))
        start = used()
        verdicts, took, path = check(args.rawi, args.library, drafts, folder)
        middle = used()
        begun = time.perf_counter(); subprocess.run([args.rawi, 'extract', path], stdout=subprocess.DEVNULL, check=True)
        alone = time.perf_counter() - begun
        words = sum(len(w.split()) for _, w, _ in drafts)
        print(f'{len(drafts)} quotes of {words} words: {took:.1f} s ({middle - start:.1f} s of processor time), of which finding them in the draft takes {alone:.1f} s ({used() - middle:.1f} s) (`rawi extract`); {share(sum(v is not None for v in verdicts), len(drafts))} read; load {os.getloadavg()[0]:.1f}')

if __name__ == '__main__': main()
