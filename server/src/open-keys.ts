import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeSafeKeys, type WrappedKey, WrongRootKey } from './crypto/keyring.ts';
import { type LiveKeyring, openLiveKeyring, rootKeyMark } from './crypto/live-keyring.ts';
import { RootKeyProblem, type RootKeySource, readRootKey } from './root-key.ts';
import type { Settings } from './settings.ts';

type Sealed = { id: string; keysRevision: number; keys: readonly WrappedKey[] };

/** Keys for a new safe. Makes the root key, too, where the settings name none. */
export async function makeKeysFor(settings: Settings, safeId: string): Promise<WrappedKey[]> {
  return makeSafeKeys(await readRootKey(rootKeySource(settings, safeId, true)), safeId, settings.tokenKeyBits);
}

/**
 * Opens the keys of a safe with the root key that the settings name or, while it is changed, with the next one. `formerly`
 * tells when a root key was replaced, by its mark. Throws RootKeyProblem and WrongRootKey.
 */
export async function openKeysOf(
  settings: Settings,
  safe: Sealed,
  formerly: (mark: string) => Promise<Date | undefined>,
): Promise<LiveKeyring> {
  const roots = [await readRootKey(rootKeySource(settings, safe.id, false))];
  const next = await readNextRootKey(settings, safe.id);
  if (next) roots.push(next);
  const marks = roots.map((root) => rootKeyMark(root, safe.id));
  try {
    return openLiveKeyring(roots, safe.id, safe.keysRevision, safe.keys);
  } catch (thrown) {
    const replacedAt = thrown instanceof WrongRootKey ? await formerly(marks[0] ?? '') : undefined;
    if (!replacedAt) throw thrown;
    const day = replacedAt.toISOString().slice(0, 10);
    throw new WrongRootKey(`The root key of this safe was replaced on ${day}, and this is the one before.`);
  }
}

/** The root key that is to replace the present one; null when the settings name none. Throws RootKeyProblem. */
export async function readNextRootKey(settings: Settings, safeId: string): Promise<Uint8Array | null> {
  const { nextRootKey, nextRootKeyFile, nextRootKeyPassphraseFile, nextRootKeyCommand } = settings;
  const source = sourceOf(nextRootKey, nextRootKeyFile, nextRootKeyPassphraseFile, nextRootKeyCommand, safeId);
  try {
    return source && (await readRootKey(source));
  } catch (thrown) {
    throw thrown instanceof RootKeyProblem ? new RootKeyProblem(thrown.message, true) : thrown;
  }
}

/** Exactly one source. A key file is made only for a new embedded safe whose operator named no other source. */
export function rootKeySource(settings: Settings, safeId: string, isNew: boolean): RootKeySource {
  const { rootKey, rootKeyFile, rootKeyPassphraseFile, rootKeyCommand } = settings;
  const named = sourceOf(rootKey, rootKeyFile, rootKeyPassphraseFile, rootKeyCommand, safeId);
  if (named) return named;
  const mayCreate = isNew && settings.databaseUrl === null;
  return { kind: 'file', path: defaultRootKey(settings), mayCreate };
}

function sourceOf(
  value: string | null,
  file: string | null,
  passphraseFile: string | null,
  command: string | null,
  safeId: string,
): RootKeySource | null {
  if (value !== null) return { kind: 'value', base64: value };
  if (file !== null) return { kind: 'file', path: file, mayCreate: false };
  if (passphraseFile !== null) return { kind: 'passphrase-file', path: passphraseFile, salt: safeId };
  return command === null ? null : { kind: 'command', command };
}

export function defaultRootKey(settings: Settings): string {
  return join(settings.dataDir, 'root.key');
}

/** Whether a first start would make the root key: the operator is then advised to move it. */
export function willMakeRootKey(settings: Settings): boolean {
  const named = [settings.rootKey, settings.rootKeyFile, settings.rootKeyPassphraseFile, settings.rootKeyCommand];
  return named.every((one) => one === null) && settings.databaseUrl === null && !existsSync(defaultRootKey(settings));
}
