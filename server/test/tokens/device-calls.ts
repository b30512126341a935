import type { Answer, TestSafe } from '../start-safe.ts';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** What a device is told that asks to be let in. */
export type Begun = { deviceCode: string; userCode: string; answer: Answer };

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export function postForm(safe: TestSafe, path: string, fields: Record<string, string>, headers = {}): Promise<Answer> {
  return safe.call('POST', path, new URLSearchParams(fields).toString(), { ...form, ...headers });
}

/** A device that asks to be let in, as RFC 8628 says. */
export async function askAsDevice(
  safe: TestSafe,
  more: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Begun> {
  const fields = { client_id: 'arca', device_name: 'arca on builder-3', ...more };
  const answer = await postForm(safe, '/api/device/authorization', fields, headers);
  const { device_code = '', user_code = '' } = answer.json as { device_code?: string; user_code?: string };
  return { deviceCode: device_code, userCode: user_code, answer };
}

/** The same device, which asks how things stand. */
export function askAgain(safe: TestSafe, deviceCode: string, more: Record<string, string> = {}): Promise<Answer> {
  const fields = { grant_type: deviceGrant, device_code: deviceCode, client_id: 'arca', ...more };
  return postForm(safe, '/api/device/token', fields);
}
