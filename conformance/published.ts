import { readFileSync } from 'node:fs';

/** An exchange that the vendor published. The server's tests play all of them byte for byte. */
export type Published = {
  id: string;
  /** What the exchange is played on, in words. */
  given: string;
  method: string;
  path: string;
  request: Readonly<Record<string, unknown>> | null;
  status: number;
  response: Readonly<Record<string, unknown>>;
  /** Versions of the vendor's documentation that print it. */
  source: string;
};

export const publishedExchanges: readonly Published[] = JSON.parse(
  readFileSync(`${import.meta.dirname}/mysafe-exchanges.json`, 'utf8'),
);

const byId = new Map(publishedExchanges.map((one) => [one.id, one]));

/** Throws when there is none of this id. */
export function published(id: string): Published {
  const found = byId.get(id);
  if (!found) throw new Error(`no published exchange is called ${id}`);
  return found;
}
