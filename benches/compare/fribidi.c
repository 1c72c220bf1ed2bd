/* libfribidi on the lines of a file: levels alone, and levels + joining + shaping + mirroring + reordering.
   cc -O2 fribidi.c -o fribidi $(pkg-config --cflags --libs fribidi) */
#include <fribidi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE = 1 << 16, ROUNDS = 5 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void line(const char *text, int length, int whole) {
    static FriBidiChar letters[LINE];
    static FriBidiCharType types[LINE];
    static FriBidiBracketType brackets[LINE];
    static FriBidiLevel levels[LINE];
    static FriBidiArabicProp props[LINE];
    FriBidiParType base = FRIBIDI_PAR_WRTL;
    int count = fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, text, length, letters);
    fribidi_get_bidi_types(letters, count, types);
    fribidi_get_bracket_types(letters, count, types, brackets);
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, levels)) exit(1);
    if (!whole) return;
    fribidi_get_joining_types(letters, count, props);
    fribidi_join_arabic(types, count, levels, props);
    fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, levels, count, props, letters);
    if (!fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, types, count, 0, base, levels, letters, NULL)) exit(1);
}

int main(int argc, char **argv) {
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 1;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (!text || fread(text, 1, size, file) != (size_t)size) return 1;
    text[size] = 0;
    for (int whole = 0; whole < 2; whole++) {
        double best = 1e9;
        for (int round = 0; round < ROUNDS; round++) {
            double start = now();
            for (char *at = text, *end; (end = strchr(at, '\n')); at = end + 1)
                if (end - at < LINE) line(at, end - at, whole);
            double took = now() - start;
            if (took < best) best = took;
        }
        printf("libfribidi %s: %.1f MB/s (fastest of %d)\n", whole ? "levels + shape + reorder" : "levels", size / best / 1e6, ROUNDS);
    }
}
