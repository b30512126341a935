import { statfs } from 'node:fs/promises';
import type { Safe } from '../actions/safe.ts';

const lookEvery = 1000;
const mebibyte = 1024 * 1024;
/** On a small file system the reserve is this part of it. */
const smallShare = 10;

/**
 * Keeps the last of the disk for what reveals and changes record: while no more than the reserve is free, refusals are
 * counted in memory and have no entries, so that nobody can fill the disk by being refused. Looks every second, until
 * stopped. For the embedded store; whoever runs PostgreSQL watches its disk there.
 */
export function watchDisk(safe: Safe, folder: string, reserveMebibytes: number): () => void {
  if (reserveMebibytes === 0) return () => undefined;
  const look = async () => {
    try {
      const { bavail, blocks, bsize } = await statfs(folder);
      const free = bavail * bsize;
      const reserve = Math.min(reserveMebibytes * mebibyte, (blocks * bsize) / smallShare);
      // It ends a little later than it begins, so that it does not come and go with every checkpoint.
      const isShort = free < (safe.refusals.spared ? reserve * 1.25 : reserve);
      if (isShort === safe.refusals.spared) return;
      safe.refusals.spare(isShort);
      const room = { free: Math.floor(free / mebibyte), reserve: Math.floor(reserve / mebibyte) };
      if (isShort) safe.log.error(room, 'the disk is nearly full (MiB): refusals are counted and no longer recorded');
      else safe.log.info(room, 'the disk has room again (MiB): refusals are recorded');
    } catch {
      // A folder that is gone shows at the next commit, which is told to its caller.
    }
  };
  const timer = setInterval(() => void look(), lookEvery);
  timer.unref();
  void look();
  return () => clearInterval(timer);
}
