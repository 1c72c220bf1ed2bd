"""The steps of training, by name. `mix` says which corpora and how often each is seen in an epoch; head by corpus."""
HEAD = dict(gold='guide', anercorp='anercorp', wikifane='wiki', aqmar='wiki', wojood='wojood', silver='guide', extra='guide')

RECIPES = {
    # no pretraining mix
    'plain': dict(start='start', mix=dict(gold=1), epochs=6, lr=2e-4, decay=1.0),
    # step one: names from everywhere, every convention under its own head
    'mix': dict(start='start', mix=dict(wikifane=1, aqmar=1, wojood=1, anercorp=2, gold=2), epochs=1, lr=2e-4, decay=0.97),
    # step two: the two conventions that ship; 60 gold articles and the last 400 ANERcorp sentences are held out
    'two': dict(start='mix', mix=dict(anercorp=1, gold=1.5), epochs=2, lr=1.2e-4, decay=0.95),
    # step three: the paragraphs chosen by doubt come in
    'more': dict(start='two', mix=dict(anercorp=0.5, gold=1, extra=2), epochs=1, lr=1e-4, decay=0.95, frozen=4),
    # step four
    'last': dict(start='more', mix=dict(anercorp=0.4, gold=0.7, extra=1), epochs=1, lr=7e-5, decay=0.95, frozen=4),
    # beside three and four: everything trains, with ANT articles labelled by step two
    'all': dict(start='two', mix=dict(anercorp=1, gold=1.5, silver=1), epochs=3, lr=8e-5, decay=0.95, all=True),
    # the same by another seed, to be averaged with it
    'again': dict(start='two', mix=dict(anercorp=1, gold=1.5, silver=1), epochs=2, lr=8e-5, decay=0.95, all=True),
    # from what ships: some names become others of their kind; several seeds, to be averaged
    'polish': dict(start='shipped', mix=dict(anercorp=1, gold=0.8, extra=0.7), epochs=1, lr=8e-5, decay=0.95, all=True, swap=0.25),
    # rawi-ner 3, from the weights of rawi-ner 2: articles of every kind of outlet come in (gold/more.jsonl), nothing held out
    'trial': dict(start='shipped', mix=dict(anercorp=0.4, gold=1), epochs=3, lr=1.3e-4, decay=0.95, all=True),
    # then with some names replaced by others of their kind; several seeds, to be averaged
    'world': dict(start='trial', mix=dict(anercorp=0.4, gold=1), epochs=1, lr=1.2e-4, decay=0.95, all=True, swap=0.2, budget=2048, frozen=4, ema=0.99),
    # from rawi-ner 4 on: longer, from the weights of rawi-ner 2; two sources are held out, to see what outlets gain that it has not read
    'apart': dict(start='shipped', mix=dict(anercorp=0.5, gold=1), epochs=4, lr=2e-4, decay=0.93, all=True, swap=0.25, budget=2048, ema=0.99, without=('wikinews', 'f')),
    # the same with two other batches held out and more of ANERcorp, to be averaged with it
    'beside': dict(start='shipped', mix=dict(anercorp=0.7, gold=1), epochs=4, lr=2e-4, decay=0.93, all=True, swap=0.25, budget=2048, ema=0.99, without=('d', 'g'), seed=2),
    # the same with nothing held out, by a third seed
    'whole': dict(start='shipped', mix=dict(anercorp=1.0, gold=1), epochs=4, lr=2e-4, decay=0.93, all=True, swap=0.25, budget=2048, ema=0.99, seed=3),
}
# the same by a fourth
RECIPES['fourth'] = dict(RECIPES['whole'], seed=4)
# two more, which brought nothing to the mean and do not ship: with an outlet and two batches held out, to see what names and quotes
# are worth in articles that it has not read; and with nothing held out
RECIPES['fifth'] = dict(RECIPES['whole'], seed=5, without=('wikinews', 'a', 'c'))
RECIPES['sixth'] = dict(RECIPES['whole'], seed=6)

# rawi-ner 2: the mean of the weights of `all` and `last`, which both come from `two`
SECOND = ['prepare', 'fit:mix', 'fit:two', 'calibrate:two', 'silver:two', 'fit:all', 'fit:more', 'fit:last', 'mean:all,last', 'calibrate:more', 'export:mean']

# rawi-ner 3, after `restore:FILE` with the file of rawi-ner 2: the mean of `trial` and of `world`, which goes on from it
THIRD = ['corpora', 'fit:trial', 'fit:world', 'mean:trial,world=third']

# what ships, rawi-ner 7, after `restore:FILE` with the file of rawi-ner 2: the mean of four long runs and of rawi-ner 3
SHIPS = [*THIRD, 'fit:apart', 'fit:beside', 'fit:whole', 'fit:fourth', 'mean:apart,beside,whole,fourth,third', 'export:mean', 'report:mean',
         'integers:mean', 'card:mean']
