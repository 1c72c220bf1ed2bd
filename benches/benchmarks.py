#!/usr/bin/env python3
"""Every figure of docs/BENCHMARKS.md, measured in one run: `benches/benchmarks.py [OUT.md]`.

Needs cargo, less, and Python with torch, transformers and spaCy; where PYTHON's own has none, they are taken from PyPI into
target/benchmarks. Nothing else should run on the machine. Takes about a quarter of an hour.
"""
import fcntl, json, os, platform, pty, re, select, statistics, struct, subprocess, sys, tempfile, termios, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RAWI = os.path.join(ROOT, "target", "release", "rawi")
CORES = len(os.sched_getaffinity(0))
SAMPLE = open(os.path.join(ROOT, "assets", "sample.txt"), encoding="utf8").read()
RUNS = 9


def words(text):
    return len(text.split())


def article(number):
    """The sample article with other numbers in it, so that no two are the same."""
    return "".join(line + (f" ({number * 31 + at})." if line else "") + "\n" for at, line in enumerate(SAMPLE.split("\n")))


def run(command, cores=None, stdin=None):
    """Seconds and peak memory in MB of a command that is waited for; its output is thrown away."""
    def narrow():
        if cores:
            os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))
    start = time.perf_counter()
    with open(stdin or os.devnull, "rb") as source:
        child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, preexec_fn=narrow)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def terminal(command, sign, more=0.0):
    """Seconds from the start of a process in a terminal to a sign on the screen; its peak memory in MB, `more` seconds later."""
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", LESSCHARSET="utf-8", HOME=tempfile.gettempdir())
        os.execvp(command[0], command)
    start = time.perf_counter()
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen, asked = b"", False
    while not any(mark.encode() in seen for mark in sign):
        seen += os.read(fd, 1 << 16)
        if not asked and b"\x1b[c" in seen:
            os.write(fd, b"\x1b[?62c")
            asked = True
    took = time.perf_counter() - start
    end = time.perf_counter() + more
    while time.perf_counter() < end:
        if select.select([fd], [], [], 0.05)[0]:
            os.read(fd, 1 << 16)
    os.kill(pid, 9)
    _, _, usage = os.wait4(pid, 0)
    os.close(fd)
    return took, usage.ru_maxrss / 1024


def median(measure):
    measure()
    results = [measure() for _ in range(RUNS)]
    return tuple(statistics.median(values) for values in zip(*results))


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def speed(work):
    documents = [article(n) for n in range(60)]
    path = os.path.join(work, "in.jsonl")
    with open(path, "w", encoding="utf8") as out:
        out.writelines(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(documents))
    count = sum(map(words, documents))
    rows = []
    for cores in dict.fromkeys([1, CORES]):
        took, memory = run([RAWI, "extract", "--input", "jsonl", "--jobs", str(cores)], cores, path)
        rows.append(("rawi extract (entities, roles, quotes, speakers)", cores, number(count / took), number(memory)))
        for name in ["spacy", "bert"]:
            rate, memory, what = others(name, cores, path)
            rows.append((what, cores, number(rate), number(memory)))
    rows.sort(key=lambda row: row[1])
    return f"{len(documents)} articles of {count // len(documents)} words.\n\n" + table(
        ["what", "cores", "words/s", "peak memory, MB"], rows)


def others(name, cores, path):
    """Words a second, peak memory and description of another tool, in a process of its own."""
    out = subprocess.run([python(), os.path.abspath(__file__), "--other", name, str(cores), path], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    return json.loads(out.splitlines()[-1])


def other(name, cores, path):
    import resource
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))
    texts = [json.loads(line)["text"] for line in open(path, encoding="utf8")]
    if name == "spacy":
        import spacy
        # The network of spaCy's small pipelines: four convolutions of width 96 and a transition parser for the names.
        nlp = spacy.blank("ar")
        for label in ["PER", "ORG", "LOC"]:
            nlp.add_pipe("ner").add_label(label) if "ner" not in nlp.pipe_names else nlp.get_pipe("ner").add_label(label)
        nlp.initialize()
        what = f"spaCy {spacy.__version__}, tokenizer and `ner` (names only)"
        work = lambda texts: list(nlp.pipe(texts, n_process=1))
    else:
        import torch, transformers
        from tokenizers import BertWordPieceTokenizer
        torch.set_num_threads(cores)
        texts = texts[:10]
        tokenizer = BertWordPieceTokenizer(lowercase=False)
        tokenizer.train_from_iterator(texts, vocab_size=30000, show_progress=False)
        config = transformers.BertConfig(vocab_size=30000, num_labels=9)
        network = transformers.BertForTokenClassification(config).eval()
        pieces = [piece for text in texts for piece in tokenizer.encode(text, add_special_tokens=False).ids]
        per_word = len(pieces) / sum(map(words, texts))
        what = (f"BERT-base token classifier, transformers {transformers.__version__}, torch {torch.__version__} fp32, "
                f"batches of 8 x 128, {per_word:.2f} pieces a word (names only)")

        def work(texts):
            numbers = [piece for text in texts for piece in tokenizer.encode(text, add_special_tokens=False).ids]
            rows = [numbers[at:at + 128] for at in range(0, len(numbers), 128)]
            rows[-1] += [0] * (128 - len(rows[-1]))
            with torch.inference_mode():
                for at in range(0, len(rows), 8):
                    network(torch.tensor(rows[at:at + 8])).logits.argmax(-1)
    work(texts[:2])
    start = time.perf_counter()
    work(texts)
    rate = sum(map(words, texts)) / (time.perf_counter() - start)
    print(json.dumps([rate, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, what]))


def python():
    wanted = os.environ.get("PYTHON", sys.executable)
    if subprocess.run([wanted, "-c", "import torch, transformers, spacy"], capture_output=True).returncode == 0:
        return wanted
    venv = os.path.join(ROOT, "target", "benchmarks")
    if not os.path.exists(os.path.join(venv, "bin", "python")):
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([os.path.join(venv, "bin", "pip"), "install", "-q", "torch", "transformers", "spacy"], check=True)
    return os.path.join(venv, "bin", "python")


def reading(work):
    # The last word of the first line, as it is and as the reader shows it: joined, in visual order.
    sign = ["عاما", "\ufe8e\ufee3\ufe8e\ufecb"]
    small, large = os.path.join(work, "article.txt"), os.path.join(work, "large.txt")
    open(small, "w", encoding="utf8").write(SAMPLE)
    with open(large, "w", encoding="utf8") as out:
        for _ in range((100 << 20) // len(SAMPLE.encode()) + 1):
            out.write(SAMPLE)
    rows, floor = [], run(["true"])[1]
    for what, path in [(f"{words(SAMPLE)} words", small), ("100 MiB", large)]:
        for name, command in [("rawi", [RAWI, path]), ("less", ["less", path])]:
            took, memory = median(lambda: terminal(command, sign))
            whole = ""
            if path == small and name == "rawi":
                # The keys stand in the status line when nothing is under way any more.
                whole, memory = median(lambda: terminal(command, ["? keys"], 0.2))
                whole = f"{whole * 1000:.0f} ms"
            # A process counts what this one had when it was made.
            few = f"under {floor + 1:.0f}" if memory < floor + 1 else number(memory)
            rows.append((what, name, f"{took * 1000:.0f} ms", whole, few))
    return table(["text", "reader", "first word on the screen", "everything found", "peak memory, MB"], rows)


def growth(work):
    rows = []
    for times in [1, 10, 100]:
        path = os.path.join(work, f"long-{times}.txt")
        open(path, "w", encoding="utf8").write("\n".join(article(n) for n in range(times)))
        took, memory = run([RAWI, "extract", path])
        rows.append((f"one text of {words(open(path, encoding='utf8').read()):,} words", f"{took:.2f} s", number(memory)))
    paragraph = next(line for line in SAMPLE.split("\n") if words(line) > 30)
    for count in [10, 100, 1000]:
        folder = os.path.join(work, f"many-{count}")
        os.mkdir(folder)
        for n in range(count):
            open(os.path.join(folder, f"{n}.txt"), "w", encoding="utf8").write(f"{paragraph} ({n})\n")
        took, memory = run([RAWI, "extract", folder])
        rows.append((f"{count:,} files of {words(paragraph) + 1} words", f"{took:.2f} s", number(memory)))
    return table(["what", "time", "peak memory, MB"], rows)


def machine():
    info = open("/proc/cpuinfo").read()
    name = re.search(r"model name\s*: (.*)", info).group(1)
    memory = int(re.search(r"MemTotal:\s*(\d+)", open("/proc/meminfo").read()).group(1)) / (1 << 20)
    return f"{name}, {CORES} virtual cores, {memory:.0f} GiB of memory, Linux {platform.release().split('-')[0]}"


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "docs", "BENCHMARKS.md")
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as work:
        parts = [reading(work), speed(work), growth(work)]
    size = os.path.getsize(RAWI) / (1 << 20)
    # What other scripts measured stays.
    kept = open(out, encoding="utf8").read().partition("\n## The library\n") if os.path.exists(out) else ("", "", "")
    with open(out, "w", encoding="utf8") as file:
        file.write(f"""# Measured

Made by `benches/benchmarks.py` in one run; whoever runs it gets this file with figures of their own machine. These are of
commit {commit}, on: {machine()}. The load average at the start was {busy:.1f}.

## Reading

From the start of the process in a terminal of 80 x 24; the median of {RUNS} runs.

{parts[0]}
## Extraction

rawi's figures are of a whole process with its start; those of the others are without it, and without loading. The BERT-base
has random weights, which changes nothing of its speed, and a vocabulary made from the same text, which spares it pieces. One
after the other, on one core and on all; a high load average above says that other programs ran meanwhile.

{parts[1]}
## Growth

On all cores, with the start of the process.

{parts[2]}
The binary, with the model in it, has {size:.1f} MiB.

Layout: `cargo bench --bench layout`; beside libfribidi and bidi-js: `benches/compare/run`.
""" + kept[1] + kept[2])
    print(open(out, encoding="utf8").read())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--other"]:
        other(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        main()
