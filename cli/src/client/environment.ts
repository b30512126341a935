import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** What the environment tells a command that calls a safe. An empty variable counts as absent. */
export type GivenByEnvironment = {
  url: string | undefined;
  clientId: string | undefined;
  clientSecret: string | undefined;
  clientSecretFile: string | undefined;
  privateKeyFile: string | undefined;
};

const names = {
  url: 'ARCA_URL',
  clientId: 'ARCA_CLIENT_ID',
  clientSecret: 'ARCA_CLIENT_SECRET',
  clientSecretFile: 'ARCA_CLIENT_SECRET_FILE',
  privateKeyFile: 'ARCA_PRIVATE_KEY_FILE',
} as const;

export function readEnvironment(): GivenByEnvironment {
  const told = Object.entries(names).map(([member, name]) => [member, process.env[name] || undefined]);
  return Object.fromEntries(told) as GivenByEnvironment;
}

/** The folder in which programs keep what they are told once (XDG Base Directory Specification; a relative path is void). */
export function configFolder(): string {
  const told = process.env.XDG_CONFIG_HOME ?? '';
  return join(isAbsolute(told) ? told : join(homedir(), '.config'), 'arca');
}

/** This process's environment for a program that it starts: without the access key, which is none of its business. */
export function environmentOfChild(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = new Set<string>(Object.values(names));
  const kept = Object.entries(process.env).filter(([name]) => !own.has(name));
  return { ...Object.fromEntries(kept), ...more };
}
