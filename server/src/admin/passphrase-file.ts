/** The passphrase in a file of mode 0600, at least 12 bytes. Throws RootKeyProblem. */
export { readPassphrase as readPassphraseFile } from '../root-key.ts';
