import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Problem } from '../../problem.ts';

/**
 * The keys that --public-key names: base64 of SPKI DER, or `@FILE` with what `arca audit public-key` printed, one key
 * at the end of each line. Given in the one spelling that an export has.
 */
export function readPublicKeys(texts: readonly string[]): string[] {
  return texts.flatMap((text) => (text.startsWith('@') ? keysInFile(text.slice(1)) : [readKey(text, 'It')]));
}

function keysInFile(path: string): string[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new Problem('refused', `${path} cannot be read (${(thrown as NodeJS.ErrnoException).code}).`);
  }
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new Problem('refused', `${path} holds no public key.`);
  return lines.map((line) => readKey(line.trim().split(/\s+/).at(-1) ?? '', `A line of ${path}`));
}

function readKey(base64: string, what: string): string {
  try {
    const der = Buffer.from(base64, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ed25519') return key.export({ format: 'der', type: 'spki' }).toString('base64');
  } catch {
    // Told below.
  }
  throw new Problem(
    'usage',
    `${what} is no public key of an audit: it must be the base64 that \`arca audit public-key\` prints.`,
  );
}
