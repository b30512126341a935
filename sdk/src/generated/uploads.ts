// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Read } from '../method.ts';
import type { OwnUploads, Upload } from './uploads-schemas.ts';

export type UploadsApi = {
  /**
   * The caller's uploads under way, and the room that he has.
   * Room counts sealed bytes, all versions, and what uploads under way have reserved.
   */
  list: Read<Record<string, never>, OwnUploads>;

  /**
   * Begin to upload the content of a file.
   * Then send its parts, and name the upload when creating or updating a file. What nothing is added to for a day is given up.
   */
  begin: Method<
    {
      /** Bytes of the whole. */
      size: number;
      /** Of a path the last part counts. */
      fileName: string;
      /** By the end of the file name unless told; what is none counts as `application/octet-stream`. */
      mediaType?: string | undefined;
    },
    Upload,
    unknown,
    201
  >;

  /** How far an upload has come. */
  read: Read<{ id: string }, Upload>;

  /**
   * Give an upload up.
   * Its room is free at once.
   */
  cancel: Method<{ id: string }, null, unknown, 204>;
};
