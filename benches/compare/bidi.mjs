// bidi-js on the lines of a file: levels alone, and levels + reordering.
import bidiFactory from 'bidi-js';
import { readFileSync } from 'node:fs';

const bidi = bidiFactory();
const bytes = readFileSync(process.argv[2]);
const lines = bytes.toString('utf8').split('\n');
const whole = { 'levels': false, 'levels + reorder': true };
for (const [name, reorder] of Object.entries(whole)) {
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    for (const line of lines) {
      const levels = bidi.getEmbeddingLevels(line);
      if (reorder) bidi.getReorderedString(line, levels);
    }
    best = Math.min(best, performance.now() - start);
  }
  console.log(`bidi-js ${name}: ${(bytes.length / best / 1e3).toFixed(1)} MB/s (fastest of 3)`);
}
