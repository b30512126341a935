import { constants, createCipheriv, type KeyObject, publicEncrypt } from 'node:crypto';
import { publicKeyOf } from './public-keys.ts';
import { takeRandom } from './random-pool.ts';

/** The value does not fit one RSA block: 470 bytes of UTF-8 with 4096 bits, 982 with 8192. */
export class AnswerTooLong extends Error {
  override name = 'AnswerTooLong';
  constructor() {
    super('A value is too long to be encrypted to the access key.');
  }
}

const JWE_HEADER = Buffer.from('{"alg":"RSA-OAEP-256","enc":"A256GCM"}').toString('base64url');
const JWE_HEADER_BYTES = Buffer.from(JWE_HEADER);
// OAEP with SHA-1 takes twice its 20 bytes and 2 more of the block (RFC 8017, 7.1.1).
const OAEP_SHA1_BYTES = 42;

/**
 * One field to the access key's RSA key, SPKI DER (contract section 7). `rsa-oaep`: padded base64 of one RSA-OAEP block,
 * SHA-1 and MGF1-SHA-1, no label. `jwe`: compact RSA-OAEP-256 with A256GCM (RFC 7516). Throws AnswerTooLong.
 */
export function encryptAnswerField(scheme: 'rsa-oaep' | 'jwe', publicKeyDer: Uint8Array, text: string): string {
  const key = publicKeyOf(publicKeyDer);
  return scheme === 'jwe' ? compactJwe(key, text) : oneBlock(key, text);
}

function oneBlock(key: KeyObject, text: string): string {
  const plain = Buffer.from(text);
  const block = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  if (plain.length > block - OAEP_SHA1_BYTES) throw new AnswerTooLong();
  return oaep(key, 'sha1', plain).toString('base64');
}

// Written over node:crypto because this runs inside a database transaction, where nothing may wait; jose only waits.
function compactJwe(key: KeyObject, text: string): string {
  const contentKey = takeRandom(32);
  const nonce = takeRandom(12);
  const cipher = createCipheriv('aes-256-gcm', contentKey, nonce, { authTagLength: 16 });
  cipher.setAAD(JWE_HEADER_BYTES);
  const content = cipher.update(text, 'utf8');
  cipher.final();
  const parts = [oaep(key, 'sha256', contentKey), nonce, content, cipher.getAuthTag()];
  contentKey.fill(0);
  return [JWE_HEADER, ...parts.map((part) => part.toString('base64url'))].join('.');
}

function oaep(key: KeyObject, oaepHash: 'sha1' | 'sha256', plain: Buffer): Buffer {
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, plain);
}
