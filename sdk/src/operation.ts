/** What the client needs to know of an operation to call it. The table of all is generated. */
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, with parameters in braces. */
  path: string;
  /** Names of what travels in the query and in the JSON body, with spaces between. */
  query?: string;
  body?: string;
  /** Without anything for the body none is sent. */
  bodyOptional?: true;
  /** Media type of the answer when it is not JSON; null for an answer without body. */
  media?: string | null;
  /** Asks for no credential. */
  anyone?: true;
  /** Takes If-Match. */
  conditional?: true;
  /** Takes Idempotency-Key. */
  repeatable?: true;
  /** Of a list in pages: the member that holds them, and the name under which `next` is sent back. */
  pages?: { list: string; from: string };
  /** Its answer holds secrets, which may be encrypted to the access key. */
  reveals?: true;
};
