// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type DeviceSignIn = {
  /** What it calls itself. */
  device: string;
  /** From where it asked. */
  address: string;
  /** How long the access key is to work that it asks for. */
  days: number;
  /** Whether that one is to read only. */
  readOnly: boolean;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  endsAt: string;
};

export type UserCode = {
  /** Case, spaces and hyphens are free. */
  userCode: string;
};
