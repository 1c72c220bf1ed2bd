#!/usr/bin/env python3
"""python train/run.py --shared ../shared --work DIR [STAGE…]

prepare            corpora, vocabulary, the encoder's starting weights
corpora            only the corpora, where training goes on from a model that ships
restore:FILE[=NAME] a model that ships -> DIR/runs/shipped (or NAME), to go on from
fit:NAME           one step of recipes.py; broken off, it goes on from its last checkpoint
choose:NAME        paragraphs worth annotating, by that run's model -> DIR/shown.tsv
settle:FOLDER       DIR/shown*.tsv and a folder of corrections -> train/extra.tsv
silver:NAME,…      raw articles labelled by these runs together -> DIR/silver.pkl
mean:NAME,…[=NAME] the mean of these runs' weights -> DIR/runs/mean (or NAME)
calibrate:NAME     the temperature of the guide head's probabilities on the held-out articles
report:NAME        every figure -> DIR/runs/NAME/report.json
integers:NAME      the same figures computed with the reader's integers
card:NAME          the tables of docs/MODEL.md
export:NAME        weights.npz … rawi.model -> DIR/export/NAME

Without a stage: the recipe of the model that ships (recipes.SHIPS).
"""
import argparse
import os
import pathlib
import sys

os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')
os.environ.setdefault('OMP_WAIT_POLICY', 'passive')      # waiting threads sleep: other programs may share the cores


from recipes import SHIPS


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--shared', type=pathlib.Path, required=True)
    p.add_argument('--work', type=pathlib.Path, required=True)
    p.add_argument('--threads', type=int, default=2)
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--quick', action='store_true', help='report: only anercorp-camel and dev')
    p.add_argument('stage', nargs='*')
    a = p.parse_args()
    import torch
    torch.set_num_threads(a.threads)
    a.work.mkdir(parents=True, exist_ok=True)
    import pins
    pins.check(a.shared)
    for stage in a.stage or SHIPS:
        kind, _, name = stage.partition(':')
        STAGES[kind](a, name)


def runs(a, names):
    return [a.work / 'runs' / n / 'average.pt' for n in names.split(',')]


def do_prepare(a, _):
    if not (a.work / 'prepare.json').exists():
        import prepare
        prepare.run(a.shared, a.work)


def do_corpora(a, _):
    if not (a.work / 'corpora.pkl').exists():
        import prepare
        prepare.save_corpora(a.shared, a.work)


def do_restore(a, name):
    import restore
    path, _, as_ = name.partition('=')
    restore.run(a.work, pathlib.Path(path), as_ or 'shipped')


def do_fit(a, name):
    import fine
    fine.run(a.shared, a.work, name, a.seed)


def do_choose(a, name):
    import choose
    choose.run(a.shared, a.work, runs(a, name)[0], a.work / 'shown.tsv')


def do_settle(a, name):
    import choose
    print(choose.settle(sorted(a.work.glob('shown*.tsv')), pathlib.Path(name), pathlib.Path(__file__).with_name('extra.tsv')))


def do_silver(a, names):
    if not (a.work / 'silver.pkl').exists():
        import silver
        silver.run(a.shared, a.work, runs(a, names))


def do_mean(a, names):
    import torch
    names, _, as_ = names.partition('=')
    states = [torch.load(r, weights_only=True) for r in runs(a, names)]
    target = a.work / 'runs' / (as_ or 'mean')
    target.mkdir(parents=True, exist_ok=True)
    torch.save({k: sum(s[k] for s in states) / len(states) for k in states[0]}, target / 'average.pt')


def do_calibrate(a, name):
    import calibrate
    calibrate.run(a.shared, a.work, runs(a, name)[0])


def do_report(a, name, integers=False):
    import report
    report.run(a.shared, a.work, runs(a, name)[0], a.work / 'runs' / name / ('integers.json' if integers else 'report.json'), integers, a.quick)


def do_integers(a, name):
    do_report(a, name, True)


def do_export(a, name):
    import export
    export.run(a.work, runs(a, name)[0], a.work / 'export' / name)


def do_card(a, name):
    import card
    card.run(a.work, name)


STAGES = {k[3:]: v for k, v in globals().items() if k.startswith('do_')}


if __name__ == '__main__':
    main()
