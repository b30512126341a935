// Answers to an access key that encrypts: each secret is one RSA-OAEP block in base64, or a compact JWE (RFC 7516).

export type Opener = (text: string) => Promise<string>;

const jweHeader = { alg: 'RSA-OAEP-256', enc: 'A256GCM' };

/**
 * Opens secrets that were encrypted to an access key, by its private key (PKCS#8 in base64). Opening rejects for what
 * was not encrypted to this key.
 */
export function openerOf(privateKey: string): Opener {
  const der = fromBase64(privateKey);
  const keyFor = (hash: string) =>
    crypto.subtle.importKey('pkcs8', der, { name: 'RSA-OAEP', hash }, false, ['decrypt']);
  let blockKey: Promise<CryptoKey> | undefined;
  let jweKey: Promise<CryptoKey> | undefined;
  return async (text) => {
    if (text.includes('.')) {
      jweKey ??= keyFor('SHA-256');
      return openJwe(await jweKey, text);
    }
    blockKey ??= keyFor('SHA-1');
    return textOf(await openBlock(await blockKey, fromBase64(text)));
  };
}

/** Replaces every text in a `secrets` member, wherever it is in the answer, by what it opens to. */
export async function openSecrets(answer: unknown, open: Opener): Promise<void> {
  if (typeof answer !== 'object' || answer === null) return;
  for (const [name, value] of Object.entries(answer)) {
    if (name === 'secrets') await openTexts(value as Record<string, unknown>, open);
    else await openSecrets(value, open);
  }
}

async function openTexts(secrets: Record<string, unknown>, open: Opener): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    if (typeof value === 'string') secrets[name] = await open(value);
  }
}

async function openJwe(key: CryptoKey, text: string): Promise<string> {
  const [header = '', wrapped = '', nonce = '', content = '', tag = ''] = text.split('.');
  const { alg, enc } = JSON.parse(new TextDecoder().decode(fromBase64(header))) as Record<string, unknown>;
  if (alg !== jweHeader.alg || enc !== jweHeader.enc) throw new Error('another algorithm');
  const raw = await openBlock(key, fromBase64(wrapped));
  const contentKey = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const algorithm = { name: 'AES-GCM', iv: fromBase64(nonce), additionalData: new TextEncoder().encode(header) };
  const sealed = new Uint8Array([...fromBase64(content), ...fromBase64(tag)]);
  return textOf(await crypto.subtle.decrypt(algorithm, contentKey, sealed));
}

function openBlock(key: CryptoKey, block: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: 'RSA-OAEP' }, key, block);
}

/** A secret may begin with what elsewhere is a byte order mark: it stays. */
function textOf(bytes: ArrayBuffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Of base64 and base64url, padded or not. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
}
