#!/usr/bin/env python3
"""Times the library with 1,000, 10,000 and 100,000 documents.

    benches/library.py RAWI RESULTS.jsonl [COUNT...]

RESULTS are those of `rawi extract --format jsonl`. They are repeated until there are COUNT. From the second time on they are
varied: every last name of a person is another last name of the corpus, by a rotation that is the round's own, wherever the
person is named, and of the words that are in no name every third is another one, drawn from all of them as often as it occurs,
so that few documents are copies of another round's. Printed, a line a question: median and worst of seven warm runs of the whole
program in milliseconds (and of the processor's), and the resident memory. With RAWI_KEEP=FOLDER the library and the results
stay there.
"""
import bisect, json, os, random, re, sqlite3, statistics, subprocess, sys, tempfile, time

QUESTIONS = [
    ('find a common verb', ['find', 'قال']),
    ('find two words', ['find', 'وزير الصحة']),
    ('find a phrase', ['find', '"الأمم المتحدة"']),
    ('find a rare name', ['find', 'بلخيثر']),
    ('find person:', ['find', 'person:"الباجي قايد السبسي"']),
    ('find NEAR', ['find', 'رئيس NEAR الحكومة']),
    ('people, full name', ['people', 'يوسف الشاهد']),
    ('people, last name', ['people', 'السبسي']),
    ('people, Latin letters', ['people', 'Sebsi']),
    ('people, the list', ['people']),
]
def last_names(lines):
    found = set()
    for line in lines:
        d = json.loads(line)
        people = {e['id'] for e in d['entities'] if e['kind'] == 'person'}
        for m in d['mentions']:
            words = d['text'][m['start']:m['end']].split()
            if m['entity'] in people and len(words) > 1 and words[-1].isalpha(): found.add(words[-1])
    return sorted(found)

class Vary:
    """The corpus again, as another newspaper of another country might have it."""
    def __init__(self, lines):
        self.names = last_names(lines)
        self.place = {name: n for n, name in enumerate(self.names)}
        self.words = [w for line in lines for w in re.findall(r'\w+', json.loads(line)['text'])]

    def __call__(self, line, turn):
        if turn == 0: return line
        d = json.loads(line)
        rng = random.Random(f"{d['id']} {turn}")
        text, changes, held = d['text'], [], set()
        people = {e['id'] for e in d['entities'] if e['kind'] == 'person'}
        def renamed(word): return self.names[(self.place[word] + turn * 7919) % len(self.names)] if word in self.place else word
        for m in d['mentions']:
            held.update(range(m['start'], m['end']))
            words = text[m['start']:m['end']].split()
            if m['entity'] in people and words and words[-1] in self.place:
                changes.append((m['end'] - len(words[-1]), m['end'], renamed(words[-1])))
        for found in re.finditer(r'\w+', text):
            if found.start() not in held and rng.random() < 0.33: changes.append((*found.span(), rng.choice(self.words)))
        changes = sorted(set(changes))
        parts, at, starts, moved = [], 0, [], []
        for start, end, word in changes:
            if start < at: continue
            parts += [text[at:start], word]
            starts.append((start, end, word)); at = end
        parts.append(text[at:])
        shift, shifts = 0, []
        for start, end, word in starts:
            shift += len(word) - (end - start)
            shifts.append((end, shift))
        ends = [end for end, _ in shifts]
        def to(place):
            n = bisect.bisect_right(ends, place)
            before = shifts[n - 1][1] if n else 0
            if n < len(starts) and starts[n][0] < place: place = starts[n][0]
            return place + before
        new = ''.join(parts)
        def move(p):
            if p and 'start' in p:
                p['start'], p['end'] = to(p['start']), to(p['end'])
                if 'text' in p: p['text'] = new[p['start']:p['end']]
        for m in d['mentions']: move(m)
        for q in d['quotes']:
            q.pop('candidates', None)
            move(q); move(q.get('cue')); move(q.get('speaker'))
        for e in d['entities']:
            e.pop('role_spans', None)
            if e['kind'] == 'person': e['name'] = ' '.join(e['name'].split()[:-1] + [renamed(w) for w in e['name'].split()[-1:]])
        d['text'], d['id'] = new, f"{d['id']}-{turn}"
        return json.dumps(d, ensure_ascii=False) + '\n'

class Runner:
    """Runs programs from a process of its own that is small: what a child had of its parent's memory counts as the child's."""
    def __init__(self):
        self.child = subprocess.Popen([sys.executable, __file__, '--runner'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, command, env):
        """Milliseconds by the clock and of the processor, and MiB of memory at most, of one run."""
        self.child.stdin.write(json.dumps([command, env]) + '\n'); self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

def runner():
    for line in sys.stdin:
        command, env = json.loads(line)
        begun = time.perf_counter()
        child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        assert status == 0, command
        print(json.dumps([(time.perf_counter() - begun) * 1000, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss >> 10]), flush=True)

def said(what, took): print(f'  {what}: {took[0] / 1000:.2f} s, processor {took[1] / 1000:.2f} s, {took[2]} MiB', flush=True)

def measure(rawi, lines, vary, count, folder, run):
    library, made, one = (os.path.join(folder, name) for name in ('library.sqlite', 'results.jsonl', 'one.jsonl'))
    with open(made, 'w', encoding='utf8') as out:
        for n in range(count): out.write(vary(lines[n % len(lines)], n // len(lines)))
    env = dict(os.environ, RAWI_LIBRARY=library)
    index = [rawi, 'index', '--from']
    print(f'{count} documents; load {os.getloadavg()[0]:.1f}', flush=True)
    said('index, everything new', run([*index, made], env))
    said('again, the file unchanged', run([*index, made], env))
    os.utime(made)
    said("again, the file's time changed, its articles not", run([*index, made], env))
    open(one, 'w', encoding='utf8').write(vary(lines[0], 99))
    print(f"  {sqlite3.connect(library).execute('SELECT count(*) FROM documents WHERE copy_of IS NOT NULL').fetchone()[0]} copies", flush=True)
    said('one article more', run([*index, one], env))
    changed = json.loads(vary(lines[0], 98)); changed['id'] = json.loads(vary(lines[0], 99))['id']
    open(one, 'w', encoding='utf8').write(json.dumps(changed, ensure_ascii=False) + '\n')
    said('one article changed', run([*index, one], env))
    print(f'  the library file: {os.path.getsize(library) >> 20} MiB; load {os.getloadavg()[0]:.1f}', flush=True)
    peak = 0
    for name, question in QUESTIONS:
        took = [run([rawi, *question], env) for _ in range(8)][1:]
        peak = max(peak, *(run[2] for run in took))
        clock, processor = ([run[at] for run in took] for at in (0, 1))
        print(f'  {name}: {statistics.median(clock):.0f} ms, worst {max(clock):.0f}; processor {statistics.median(processor):.0f}', flush=True)
    print(f'  memory of a question: {peak} MiB; load {os.getloadavg()[0]:.1f}', flush=True)

def main(rawi, results, counts):
    run = Runner()
    lines = open(results, encoding='utf8').readlines()
    vary = Vary(lines)
    for count in counts:
        keep = os.environ.get('RAWI_KEEP')
        if keep:
            os.makedirs(os.path.join(keep, str(count)), exist_ok=True)
            measure(rawi, lines, vary, count, os.path.join(keep, str(count)), run)
            continue
        with tempfile.TemporaryDirectory() as folder: measure(rawi, lines, vary, count, folder, run)

if __name__ == '__main__':
    runner() if sys.argv[1:] == ['--runner'] else main(sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3:]] or [1000, 10000, 100000])
