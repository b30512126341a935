import { Command } from 'commander';
import type { ResultOf } from '../../../../server/src/admin/commands.ts';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { writeJson, writeTable } from '../../terminal.ts';
import { instant } from '../../words.ts';

type Key = ResultOf<'access-key.list'>[number];

export function keyList(): Command {
  return new Command('list')
    .description('List all access keys, newest first, with their use and never with their secret.')
    .option('--json', 'print them as one line of JSON, with their limits')
    .addHelpText('after', example('arca key list'))
    .action(async ({ json }: { json?: boolean }) => {
      const keys = await withSafe((operator) => operator.run('access-key.list', undefined));
      if (json) return writeJson(keys.map(shapeOf));
      const rows = keys.map((key) => [
        key.clientId,
        key.name,
        key.owner,
        stateOf(key, new Date()),
        limitsOf(key),
        instant(key.expiresAt) || 'never',
        instant(key.lastUsedAt) || 'never',
        String(key.uses),
      ]);
      return writeTable(['CLIENT ID', 'NAME', 'OWNER', 'STATE', 'LIMITS', 'EXPIRES', 'LAST USED', 'USES'], rows);
    });
}

/** One object without the nesting of the store, its items spelt as --items takes them. */
function shapeOf({ id, clientId, name, description, tags, owner, encryption, limits, ...rest }: Key) {
  const { expiresAt, revokedAt, heldAt, createdAt, lastUsedAt, uses, lastAddress } = rest;
  const items = limits.items?.map(({ kind, number }) => `${kind}:${number}`) ?? null;
  const label = { id, clientId, name, description, tags, owner, encryption };
  return { ...label, ...limits, items, expiresAt, revokedAt, heldAt, createdAt, lastUsedAt, uses, lastAddress };
}

function stateOf(key: Key, now: Date): string {
  if (key.revokedAt !== null) return 'revoked';
  if (key.heldAt !== null) return 'held';
  return key.expiresAt !== null && new Date(key.expiresAt) <= now ? 'expired' : 'live';
}

function limitsOf({ encryption, limits }: Key): string {
  const { addresses, referers, fingerprint, items, readOnly } = limits;
  const told = [
    encryption === 'none' ? '' : encryption,
    addresses.length > 0 ? 'addresses' : '',
    referers.length > 0 ? 'referers' : '',
    fingerprint === null ? '' : 'certificate',
    items === null ? '' : `${items.length} item${items.length === 1 ? '' : 's'}`,
    readOnly ? 'read-only' : '',
  ];
  return told.filter((one) => one !== '').join(', ') || 'none';
}
