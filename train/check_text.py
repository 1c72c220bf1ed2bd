"""Holds text.normalise to vectors.tsv, to which the tests of src/model/tokenizer.rs hold the program.

    check_text.py
"""
import os
from text import normalise

for line in open(os.path.join(os.path.dirname(__file__), 'vectors.tsv'), encoding='utf8'):
    if not line.startswith('#'):
        word, expected = line.rstrip('\n').split('\t')
        assert normalise(word) == expected, (word, normalise(word), expected)
print('as the program does')
