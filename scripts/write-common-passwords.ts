// Writes server/src/crypto/common-passwords.ts anew: node scripts/write-common-passwords.ts < LIST
// LIST has one password a line, the commonest first, such as the million that SecLists takes from Mark Burnett's ten.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonPasswordDigest } from '../server/src/crypto/common-passwords.ts';

const path = join(import.meta.dirname, '../server/src/crypto/common-passwords.ts');
const shortest = 12;
/** More than the 3,000 that ASVS asks for: some of them another rule refuses as well. */
const wanted = 4000;
const lineLength = 112;

const digests = new Set<string>();
for (const line of readFileSync(0, 'utf8').split(/\r?\n/)) {
  if (Buffer.byteLength(line) >= shortest) digests.add(commonPasswordDigest(line).toString('hex'));
  if (digests.size === wanted) break;
}
if (digests.size < wanted) throw new Error(`only ${digests.size} passwords of ${shortest} bytes are in the list`);

const bytes = Buffer.from([...digests].sort().join(''), 'hex').toString('base64');
const lines = bytes.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
const source = readFileSync(path, 'utf8');
writeFileSync(
  path,
  source.replace(/`[^`]*`;\n$/, () => `\`\n${lines.join('\n')}\n\`;\n`),
);
console.log(`${digests.size} passwords, ${lines.length} lines`);
