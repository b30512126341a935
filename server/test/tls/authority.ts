import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Certificate = { certFile: string; keyFile: string; cert: string; key: string };
export type Authority = { file: string; issue(name: string, alternative?: string): Certificate };

/** An authority of its own that issues certificates, or null where there is no openssl 3 to make them. */
export function makeAuthority(folder: string, name: string): Authority | null {
  const pathOf = (one: string, ending: string) => join(folder, `${name}-${one}.${ending}`);
  const make = (one: string, words: readonly string[]): Certificate | null => {
    const [certFile, keyFile] = [pathOf(one, 'pem'), pathOf(one, 'key')];
    const usual = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const all = [...usual, '-subj', `/CN=${one}`, '-keyout', keyFile, '-out', certFile, ...words];
    if (spawnSync('/bin/sh', ['-c', 'openssl "$@"', 'sh', ...all]).status !== 0) return null;
    return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  };
  const root = make('root', []);
  if (root === null) return null;
  return {
    file: root.certFile,
    issue(one, alternative = `DNS:${one}`) {
      const by = ['-CA', root.certFile, '-CAkey', root.keyFile, '-addext', 'basicConstraints=critical,CA:FALSE'];
      const made = make(one, [...by, '-addext', `subjectAltName=${alternative}`]);
      if (made === null) throw new Error(`openssl makes no certificate for ${one}`);
      return made;
    },
  };
}
