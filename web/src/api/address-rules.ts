// Where a key may be used from: single addresses, CIDR blocks, or any. The safe checks the same again.

const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/** An IPv4 or IPv6 address without a zone. */
export function isAddress(text: string): boolean {
  return familyOf(text) !== null;
}

/** An address or a CIDR block. */
export function isBlock(text: string): boolean {
  const rule = readRule(text);
  return rule !== null && rule.kind !== 'any';
}

export type AddressRule =
  | { kind: 'any' }
  | { kind: 'one' }
  /** Of how many bits the network is, and of how many an address. */
  | { kind: 'block'; bits: number; of: 32 | 128 };

/** What a rule means; null when it is none. */
export function readRule(text: string): AddressRule | null {
  if (text === '*') return { kind: 'any' };
  const [network = '', length, ...rest] = text.split('/');
  const of = familyOf(network);
  if (of === null || rest.length > 0) return null;
  if (length === undefined) return { kind: 'one' };
  if (!/^\d{1,3}$/.test(length) || Number(length) > of) return null;
  const bits = Number(length);
  if (bits === of) return { kind: 'one' };
  return bits === 0 ? { kind: 'any' } : { kind: 'block', bits, of };
}

/** Do these rules let everybody in? None at all do. */
export function isAnywhere(rules: readonly string[]): boolean {
  return rules.length === 0 || rules.some((rule) => readRule(rule)?.kind === 'any');
}

function familyOf(text: string): 32 | 128 | null {
  if (ipv4.test(text)) return 32;
  return text.includes(':') && /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`) ? 128 : null;
}
