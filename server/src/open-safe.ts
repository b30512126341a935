import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { closeOldLanes } from './actions/audit/close-lanes.ts';
import { startLaneTelling } from './actions/audit/tell-lanes.ts';
import { recordRestore } from './actions/backup/record-restore.ts';
import { startTallies } from './actions/figures/tallies.ts';
import { flushTallies } from './actions/flush-tallies.ts';
import { startImportWish } from './actions/imports/import-wish.ts';
import { startOpenCache } from './actions/items/open-cache.ts';
import { startPasswordChanges } from './actions/items/password-changes.ts';
import { startPasswordTags } from './actions/items/password-tags.ts';
import { startSearchWish } from './actions/items/search-wish.ts';
import { startRefusalTally } from './actions/refusal-tally.ts';
import type { Safe } from './actions/safe.ts';
import { startRotationWish } from './actions/safe-keys/rotation-wish.ts';
import { startKnownSessions } from './actions/sessions/known-sessions.ts';
import { startSetUpLink } from './actions/set-up-link.ts';
import { startSurveys } from './actions/statistics/surveys.ts';
import { systemContext } from './actions/system-context.ts';
import { startSigningLine } from './actions/tokens/signing-line.ts';
import { startUseTally } from './actions/use-tally.ts';
import { startFileThreads } from './import/file-thread.ts';
import { mySafeReader } from './import/mysafe/read-mysafe.ts';
import { startAnchoring } from './jobs/anchor.ts';
import { openAnchorFile } from './jobs/anchor-file.ts';
import { watchDisk } from './jobs/disk-reserve.ts';
import { startFlushing } from './jobs/flush.ts';
import { startImporting } from './jobs/import.ts';
import { startJudging } from './jobs/judge.ts';
import { startPreparingSearches } from './jobs/prepare-searches.ts';
import { startRotating } from './jobs/rotate.ts';
import { openReceivers } from './jobs/stream/receivers.ts';
import { streamAudit } from './jobs/stream/stream-audit.ts';
import { startSurveying } from './jobs/survey.ts';
import { startTellingLanes } from './jobs/tell-lanes.ts';
import { fileLimitsOf, openBlobs } from './open-blobs.ts';
import { makeKeysFor, openKeysOf } from './open-keys.ts';
import { plainSettings, type Settings } from './settings.ts';
import { startCheckpoints } from './storage/checkpoints.ts';
import { lockFolder } from './storage/folder-lock.ts';
import { openStore, prepareStore, type StoreSettings } from './storage/store.ts';
import { type BreachedPasswords, openBreachedPasswords } from './strength/breached-passwords.ts';
import { startJudge } from './strength/judge.ts';

export { WrongRootKey } from './crypto/keyring.ts';
export { defaultRootKey, readNextRootKey } from './open-keys.ts';
export { RootKeyProblem } from './root-key.ts';
export { StoreFault } from './storage/connection.ts';
export { FolderInUse } from './storage/folder-lock.ts';
export { SchemaTooNew } from './storage/migrate.ts';

export type OpenSafe = { safe: Safe; close(): Promise<void> };

export type Opening = {
  log: Logger;
  clock?: () => Date;
  /** Whether an empty store may become a new safe; true unless told. */
  mayMake?: boolean;
  /** How long to wait for another process that has the data folder; not at all unless told. */
  patienceMilliseconds?: number;
};

/** The store holds no safe, and none may be made. */
export class NoSafe extends Error {
  override name = 'NoSafe';
}

/**
 * Opens the safe that the settings name: takes its data folder, brings the schema up to date, opens the keys and starts
 * the write pump. An empty embedded store becomes a new safe. Throws FolderInUse, RootKeyProblem, WrongRootKey,
 * NoSafe or a StoreFault; admin/explain-opening.ts has a sentence for each.
 */
export async function openSafe(settings: Settings, opening: Opening): Promise<OpenSafe> {
  const { log, clock = () => new Date(), mayMake = true } = opening;
  if (!mayMake && settings.databaseUrl === null && !existsSync(join(settings.dataDir, 'safe.db'))) throw new NoSafe();
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(join(settings.dataDir, 'lock'), opening.patienceMilliseconds ?? 0);
  let opened: Safe | null = null;
  const judge = startJudge();
  const files = startFileThreads();
  let breached: BreachedPasswords | null = null;
  try {
    breached = await openBreachedPasswords(settings.breachedPasswords);
    const store = storeSettings(settings);
    const now = () => clock().getTime();
    const keys = await prepareStore(
      store,
      async () => {
        if (!mayMake) throw new NoSafe();
        const id = randomUUID();
        return { id, keys: await makeKeysFor(settings, id) };
      },
      (identity, formerly) => openKeysOf(settings, identity, formerly),
      now,
    );
    const safe: Safe = {
      store: openStore(store, keys, now),
      blobs: openBlobs(settings),
      fileLimits: fileLimitsOf(settings),
      ring: keys.ring,
      keys,
      log,
      clock,
      uses: startUseTally(),
      refusals: startRefusalTally(),
      knownSessions: startKnownSessions(),
      signings: startSigningLine(),
      openCache: startOpenCache(),
      searchWish: startSearchWish(),
      tallies: startTallies(),
      judge: judge.judge,
      isBreached: breached.has,
      passwords: startPasswordChanges(),
      passwordTags: startPasswordTags(),
      surveys: startSurveys(),
      files,
      importWish: startImportWish(),
      readMySafe: mySafeReader(settings.outboundAllowed, settings.outboundCa, settings.requireTls),
      setUpLink: startSetUpLink(() => keys.ring),
      plainSettings: plainSettings(settings),
      anchors: openAnchorFile(anchorPath(settings)),
      rotationWish: startRotationWish(),
      tokenSeconds: settings.tokenSeconds,
      answerKeyBits: settings.answerKeyBits,
      tokenKeyBits: settings.tokenKeyBits,
    };
    opened = safe;
    const broken = await closeOldLanes(systemContext(safe));
    for (const lane of broken)
      log.error({ lane }, 'an audit lane does not end as it was signed: it was changed or cut');
    await recordRestore(systemContext(safe));
    const telling = startLaneTelling(systemContext(safe));
    await telling.turn('safe.opened');
    const stopFlushing = startFlushing(safe);
    const stopWatching = settings.databaseUrl === null ? watchDisk(safe, settings.dataDir, settings.diskReserve) : null;
    const judging = startJudging(safe);
    const receivers = openReceivers(settings, safe.ring.safeId);
    const streams = receivers.map((receiver) => streamAudit(safe, receiver));
    const anchoring = startAnchoring(safe, settings.anchorSeconds, receivers);
    const stopTelling = startTellingLanes(telling, settings.anchorSeconds);
    const stopSurveying = startSurveying(safe);
    const preparing = startPreparingSearches(safe);
    const rotating = startRotating(safe);
    const importing = startImporting(safe);
    const checkpoints = store.place.engine === 'sqlite' ? startCheckpoints(store.place.path) : null;
    return {
      safe,
      async close() {
        stopFlushing();
        stopWatching?.();
        stopTelling();
        stopSurveying();
        await judging.stop();
        await preparing.stop();
        await rotating.stop();
        await importing.stop();
        await files.close();
        await judge.close();
        await breached?.close();
        await Promise.all(streams.map((stream) => stream.stop()));
        try {
          await flushTallies(systemContext(safe), true);
          await telling.turn('safe.closed');
          await anchoring.stop();
        } catch {
          // The log has the cause. A store that is gone must not keep the process open.
        }
        try {
          await safe.store.close();
          await checkpoints?.stop();
        } finally {
          lock.release();
        }
      },
    };
  } catch (thrown) {
    await opened?.store.close();
    await breached?.close();
    lock.release();
    throw thrown;
  }
}

function anchorPath({ anchorFile, dataDir }: Settings): string | null {
  return anchorFile === 'off' ? null : (anchorFile ?? join(dataDir, 'anchors', 'anchors.jsonl'));
}

export function storeSettings(settings: Settings): StoreSettings {
  const { databaseUrl } = settings;
  return {
    place:
      databaseUrl === null
        ? { engine: 'sqlite', path: join(settings.dataDir, 'safe.db') }
        : { engine: 'postgres', url: databaseUrl },
    timeoutMilliseconds: settings.storeSeconds * 1000,
    readers: settings.readers,
    pump: {
      lanes: databaseUrl === null ? 1 : settings.lanes,
      batch: settings.batch,
      queue: settings.queue,
      timeoutMilliseconds: settings.storeSeconds * 1000,
    },
  };
}
