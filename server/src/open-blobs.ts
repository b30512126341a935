import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlobStore } from './blobs/blob-store.ts';
import { folderStore } from './blobs/folder.ts';
import { s3Store } from './blobs/s3.ts';
import { type FileLimits, mebibyte } from './domain/upload.ts';
import { resolveOnce } from './jobs/stream/call-out.ts';
import type { Settings } from './settings.ts';

/** Where the settings say that the bytes of files are. Nothing is made or asked yet. Throws what reading files throws. */
export function openBlobs(settings: Settings): BlobStore {
  const { s3Url, s3KeyId, s3SecretFile, s3Region, outboundAllowed, outboundCa } = settings;
  if (s3Url === null || s3KeyId === null || s3SecretFile === null) {
    return folderStore(settings.filesDir ?? join(settings.dataDir, 'files'));
  }
  return s3Store({
    url: s3Url,
    region: s3Region,
    accessKeyId: s3KeyId,
    secretAccessKey: readFileSync(s3SecretFile, 'utf8').trim(),
    ca: outboundCa === null ? null : readFileSync(outboundCa),
    resolve: (host) => resolveOnce(host, outboundAllowed),
  });
}

export function fileLimitsOf(settings: Settings): FileLimits {
  return {
    perFile: settings.fileMebibytes * mebibyte,
    perUser: settings.userFilesMebibytes * mebibyte,
    inAll: settings.allFilesMebibytes * mebibyte,
  };
}
