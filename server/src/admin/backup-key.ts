/** A fresh key pair of age: `recipient` (age1…) encrypts, `identity` (AGE-SECRET-KEY-1…) opens. */
export async function newBackupKey(): Promise<{ recipient: string; identity: string }> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}
