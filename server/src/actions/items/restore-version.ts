import { isDeepStrictEqual } from 'node:util';
import { mustBePerson, mustMayOnItem } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { changed, mustBeEnabled, mustBeRevision } from '../../domain/item.ts';
import { findByIdentifierCode } from '../../storage/item-index.ts';
import { findVersion, openVersionContent } from '../../storage/item-versions.ts';
import { openContent, openFields, saveItem } from '../../storage/items.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { codeTaken } from './create.ts';
import type { ChangedState } from './disable.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordItem } from './record-item.ts';

/** Makes an earlier content the current one, as a new version: nothing in between is lost. */
export function restoreVersion(
  ctx: Context,
  input: ItemName & { version: number; revision: number | null },
): Promise<ChangedState> {
  const attempt = { action: 'item.restore-version', target: targetOf(input), duplicate: codeTaken } as const;
  return act<ChangedState>(
    ctx,
    attempt,
    async (tx, by, now) => {
      const { stored, head, relation } = await loadItem(tx, by, input, 'update', now);
      mustMayOnItem('item.restore-version', by, relation, head);
      const { user } = mustBePerson(by);
      mustBeEnabled(head);
      mustBeRevision(head, input.revision, () => openFields(tx, stored));
      const found = await findVersion(tx, head, input.version);
      if (!found) return refuse('version_not_found', { version: input.version });
      const content = openVersionContent(tx, found);
      if (isDeepStrictEqual(content, openContent(tx, stored))) return { changed: false, revision: head.revision };
      const code = content.identifierCode;
      if (typeof code === 'string' && code !== '') {
        const taken = await findByIdentifierCode(tx, head.ownerId, code);
        if (taken !== undefined && taken !== head.number) throw codeTaken();
      }
      const next = changed(head, now, {}, true);
      await saveItem(tx, next, content, user.id);
      if (head.kind === 'password') ctx.safe.passwords.changed();
      recordItem(tx, ctx, by, 'item.version-restored', next, { version: next.version, from: input.version }, now);
      return { changed: true, revision: next.revision };
    },
    keptWhole(),
  );
}
