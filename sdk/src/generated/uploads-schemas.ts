// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type OwnUploads = {
  uploads: Upload[];
  /** Counts against the quota. */
  used: number;
  /** How much may. */
  limit: number;
  /** Size of one file at the most. */
  perFile: number;
};

export type Upload = {
  id: string;
  fileName: string;
  mediaType: string;
  /** Of the whole. */
  size: number;
  /** So much has come: the next part begins there. */
  offset: number;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
};
