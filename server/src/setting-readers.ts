import { isIP } from 'node:net';
import { readAddressRules } from './domain/address.ts';
import { Refusal } from './domain/errors.ts';

/** A setting is wrong; the message is one sentence that names it. */
export class SettingProblem extends Error {
  override name = 'SettingProblem';
}

/** Reads the text of a setting. Throws a SettingProblem that says what it must be. */
export type Reader<T> = (text: string) => T;

/** One setting: its name in the environment, what it means (for the reference page), and how its text is read. */
type Setting<T> = { name: string; about: string; fallback: string; read: Reader<T> };

export const setting = <T>(name: string, fallback: string, read: Reader<T>, about: string): Setting<T> => ({
  name,
  about,
  fallback,
  read,
});

export const text: Reader<string> = (value) => value;

/** An absent or empty text is null. */
export const optional: Reader<string | null> = (value) => (value === '' ? null : value);

export const whole =
  (least: number, most: number): Reader<number> =>
  (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most) {
      throw new SettingProblem(`must be a whole number from ${least} to ${most}`);
    }
    return number;
  };

export const oneOf =
  <T extends string>(...choices: readonly T[]): Reader<T> =>
  (value) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new SettingProblem(`must be one of ${choices.join(', ')}`);
    return found;
  };

export const onOff: Reader<boolean> = (value) => oneOf('on', 'off')(value) === 'on';

/** Peers that are believed: never all of them, and no block as wide as that. */
export const proxies: Reader<string[]> = (value) => {
  try {
    const rules = readAddressRules(value.split(','));
    if (!rules.some((rule) => rule === '*' || /\/0+$/.test(rule))) return rules;
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
  }
  throw new SettingProblem('must be a comma-separated list of addresses or CIDR blocks, and not of all addresses');
};

export const publicUrl: Reader<string | null> = (value) => {
  if (value === '') return null;
  const url = URL.parse(value);
  const isPlain =
    url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && !url.username;
  if (!isPlain) throw new SettingProblem('must be a URL such as https://safe.example.com');
  return url.href.replace(/\/$/, '');
};

export const host: Reader<string> = (value) => {
  if (isIP(value) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(value)) {
    throw new SettingProblem('must be an address or a host name');
  }
  return value;
};

/** Addresses and blocks, none of which is all there are; an empty text lists none. */
export const listed: Reader<string[]> = (value) => (value === '' ? [] : proxies(value));

export const addressesOrOff: Reader<string[]> = (value) => (value === 'off' ? [] : proxies(value));

export const receiverUrl =
  (protocols: readonly string[], example: string): Reader<string | null> =>
  (value) => {
    if (value === '') return null;
    const url = URL.parse(value);
    const isPlain =
      url !== null && protocols.includes(url.protocol) && url.hostname !== '' && !url.username && !url.hash;
    if (!isPlain) throw new SettingProblem(`must be a URL such as ${example}`);
    return value;
  };

export const bucketUrl: Reader<string | null> = (value) => {
  const url = receiverUrl(['http:', 'https:'], 'https://s3.example.com/bucket')(value);
  if (url?.includes('?')) throw new SettingProblem('must be a URL such as https://s3.example.com/bucket');
  return url === null ? null : url.replace(/\/+$/, '');
};

export const headerName: Reader<string> = (value) => {
  if (!/^[A-Za-z0-9-]+$/.test(value)) throw new SettingProblem('must be the name of an HTTP header');
  return value.toLowerCase();
};

export const postgresUrl: Reader<string | null> = (value) => {
  if (value === '') return null;
  if (!/^postgres(ql)?:\/\//.test(value)) throw new SettingProblem('must begin with postgres:// or postgresql://');
  return value;
};

export const recipients: Reader<string[]> = (value) => {
  const all = value.split(',').map((one) => one.trim());
  if (value === '') return [];
  if (all.every((one) => /^age1[0-9a-z]{58,}$/.test(one))) return all;
  throw new SettingProblem('must be one or more recipients of age, such as `arca backup new-key` prints: age1…');
};
