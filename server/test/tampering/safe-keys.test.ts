import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WrongRootKey } from '../../src/crypto/keyring.ts';
import { makeLog, startServer } from '../../src/main.ts';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { engines } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';

for (const engine of engines) {
  describe(`the safe's own keys in the store on ${engine}`, () => {
    let bare: Bare;
    let store: StoreByHand;
    const start = () => startServer(bare.settings, makeLog('silent'));
    before(async () => {
      bare = await bareSettings(engine);
      await (await start()).close();
      store = await openByHand(bare.settings);
    });
    after(async () => {
      await store.close();
      await bare.remove();
    });

    /** Starts are refused while a column of a key holds another value, and changes nothing else in the store. */
    async function refusesWith(id: string, column: string, other: string | Uint8Array): Promise<void> {
      const kept = (await store.one(`select ${column} from safe_keys where id = ?`, id))[column] ?? null;
      const entries = await store.one('select count(*) as entries from audit_entries');
      await store.run(`update safe_keys set ${column} = ? where id = ?`, other, id);
      await assert.rejects(start(), (thrown) => thrown instanceof WrongRootKey && /^[A-Z].*\.$/.test(thrown.message));
      const now = column === 'id' ? other : id;
      await store.run(`update safe_keys set ${column} = ? where id = ?`, kept, String(now));
      assert.deepEqual(await store.one('select count(*) as entries from audit_entries'), entries);
    }

    it('cannot be changed, cut, given another name or purpose, or a public half of another', async () => {
      const keys = await store.all('select id, purpose, wrapped, public_key from safe_keys order by id');
      assert.equal(keys.length, 6);
      for (const { id, purpose, wrapped, public_key } of keys) {
        const bytes = Buffer.from(wrapped as Uint8Array);
        await refusesWith(String(id), 'wrapped', bytes.subarray(0, -1));
        await refusesWith(String(id), 'wrapped', withOneBit(bytes));
        await refusesWith(String(id), 'purpose', purpose === 'index' ? 'pepper' : 'index');
        await refusesWith(String(id), 'id', '0123456789abcdef');
        if (public_key !== null)
          await refusesWith(String(id), 'public_key', withOneBit(Buffer.from(public_key as Uint8Array)));
      }
    });

    it('belong to this safe alone', async () => {
      const { id } = await store.one('select id from safe');
      await store.run('update safe set id = ?', '00000000-0000-4000-8000-000000000000');
      await assert.rejects(start(), WrongRootKey);
      await store.run('update safe set id = ?', id ?? null);
      await (await start()).close();
    });
  });
}

function withOneBit(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[bytes.length - 20] = (changed[bytes.length - 20] ?? 0) ^ 1;
  return changed;
}
