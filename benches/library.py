#!/usr/bin/env python3
"""Times the library with 1,000, 10,000 and 100,000 documents.

    benches/library.py RAWI RESULTS.jsonl [COUNT...]

RESULTS are those of `rawi extract --format jsonl`. They are repeated until there are COUNT; from the second time on every
personal name gets a last name of its own for that round, in the text and in the annotations, and a number at the end of
the text, so that no document is a copy. Printed, a line a question: median and worst of seven warm runs of the whole
program in milliseconds, and the resident memory; then the same for plain FTS5 with the default tokenizer.
"""
import json, os, resource, sqlite3, statistics, subprocess, sys, tempfile, time

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
ENDINGS = ['الأول', 'الثاني', 'الشرقي', 'الغربي', 'الجبلي', 'البحري', 'الكبير', 'الصغير', 'القديم', 'الجديد', 'الأحمر', 'الأزرق']

def vary(line, turn):
    if turn == 0: return line
    d = json.loads(line)
    people = {e['id'] for e in d['entities'] if e['kind'] == 'person'}
    ending = ' ' + ENDINGS[turn % len(ENDINGS)]
    names = {m['text'] for m in d['mentions'] if m['entity'] in people and ' ' in m['text']}
    marks = sorted((m['end'] for m in d['mentions'] if m['entity'] in people and m['text'] in names), reverse=True)
    text = d['text']
    for end in marks: text = text[:end] + ending + text[end:]
    moved = sorted(marks)
    def shift(at, inclusive):
        return at + len(ending) * sum(1 for m in moved if (m <= at if inclusive else m < at))
    def place(p):
        if p and 'start' in p: p['start'], p['end'] = shift(p['start'], True), shift(p['end'], True)
        if p and 'text' in p and 'start' in p: p['text'] = text[p['start']:p['end']]
    for m in d['mentions']: place(m)
    for q in d['quotes']:
        place(q); place(q.get('cue'))
        if q.get('speaker'): place(q['speaker'])
    for e in d['entities']: e.pop('role_spans', None)
    d['text'], d['id'] = text + f'\nالنسخة {turn}', f"{d['id']}-{turn}"
    return json.dumps(d, ensure_ascii=False) + '\n'

def timed(command, env, runs):
    took = []
    for _ in range(runs + 1):
        begun = time.perf_counter()
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
        took.append((time.perf_counter() - begun) * 1000)
    return took[1:]

def main(rawi, results, counts):
    lines = open(results, encoding='utf8').readlines()
    for count in counts:
        with tempfile.TemporaryDirectory(dir=os.environ.get('TMPDIR')) as folder:
            library, made = os.path.join(folder, 'library.sqlite'), os.path.join(folder, 'results.jsonl')
            with open(made, 'w', encoding='utf8') as out:
                for n in range(count): out.write(vary(lines[n % len(lines)], n // len(lines)))
            env = dict(os.environ, RAWI_LIBRARY=library)
            begun = time.time(); subprocess.run([rawi, 'index', '--from', made], env=env, check=True)
            first = time.time() - begun
            begun = time.time(); subprocess.run([rawi, 'index', '--from', made], env=env, check=True, stdout=subprocess.DEVNULL)
            again = time.time() - begun
            one = os.path.join(folder, 'one.jsonl')
            open(one, 'w', encoding='utf8').write(vary(lines[0], 99))
            begun = time.time(); subprocess.run([rawi, 'index', '--from', one], env=env, check=True, stdout=subprocess.DEVNULL)
            single = time.time() - begun
            size = os.path.getsize(library) >> 20
            print(f'{count} documents: indexed in {first:.1f} s, again {again:.2f} s, one more {single:.2f} s, {size} MiB; load {os.getloadavg()[0]:.1f}', flush=True)
            for name, question in QUESTIONS:
                took = timed([rawi, *question], env, 7)
                print(f'  {name}: {statistics.median(took):.0f} ms, worst {max(took):.0f}', flush=True)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
            print(f'  largest resident memory of any run, indexing among them: {peak} MiB', flush=True)

if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3:]] or [1000, 10000, 100000])
