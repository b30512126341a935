import { SettingProblem, type Settings, settings as table } from '../settings.ts';
import { ServerGone } from './through-socket.ts';

/** What keeps the safe from being opened or reached, in one sentence that names the setting; null for anything else. */
export async function explainOpening(thrown: unknown, settings: Settings | null): Promise<string | null> {
  if (thrown instanceof SettingProblem) return thrown.message;
  if (settings === null) return null;
  if (thrown instanceof ServerGone) {
    return 'The server went away while it ran the command; look whether it took effect and try again.';
  }
  return explainSystem(thrown, settings) ?? (await explainKeys(thrown, settings));
}

// By name: their files are read only by the commands that need them.
const ownSentence: ReadonlySet<string> = new Set(['ArchivedElsewhere', 'BackupFileProblem', 'RestoreProblem']);

async function explainKeys(thrown: unknown, settings: Settings): Promise<string | null> {
  if (thrown instanceof Error && ownSentence.has(thrown.name)) return thrown.message;
  const { FolderInUse, NoSafe, RootKeyProblem, SchemaTooNew, StoreFault, WrongRootKey } = await import(
    './open-here.ts'
  );
  const folder = `${settings.dataDir} (ARCA_DATA_DIR)`;
  if (thrown instanceof RootKeyProblem || thrown instanceof WrongRootKey) {
    const isNext = thrown instanceof RootKeyProblem && thrown.isNext;
    return `${isNext ? nextRootKeySetting(settings) : rootKeySetting(settings)}: ${thrown.message}`;
  }
  if (thrown instanceof FolderInUse) {
    return `The data folder ${folder} is in use by another process; try again when that has ended.`;
  }
  if (thrown instanceof SchemaTooNew) {
    return `The store was brought up to date by a newer Arca (its schema has ${thrown.migration}): start that one.`;
  }
  if (thrown instanceof NoSafe) {
    const place = settings.databaseUrl === null ? folder : 'the database (ARCA_DATABASE_URL)';
    return `There is no safe in ${place} yet; \`arca setup\` or \`arca serve\` makes one.`;
  }
  if (!(thrown instanceof StoreFault)) return null;
  return settings.databaseUrl === null
    ? `The store in the data folder ${folder} cannot be used: ${thrown.message}.`
    : `PostgreSQL cannot be used: ${thrown.message.replace(/: $/, '')} (ARCA_DATABASE_URL).`;
}

/** Where the root key was taken from. */
function rootKeySetting(settings: Settings): string {
  const names = ['rootKey', 'rootKeyFile', 'rootKeyPassphraseFile', 'rootKeyCommand'] as const;
  const named = names.find((name) => settings[name] !== null);
  return named ? table[named].name : `${table.rootKeyFile.name} (not set)`;
}

function nextRootKeySetting(settings: Settings): string {
  const names = ['nextRootKey', 'nextRootKeyFile', 'nextRootKeyPassphraseFile', 'nextRootKeyCommand'] as const;
  return table[names.find((name) => settings[name] !== null) ?? 'nextRootKeyFile'].name;
}

type SystemError = { code: string; syscall?: string; path?: string };

/** Errors of the system, which name a call and a path but no setting. */
function explainSystem(thrown: unknown, settings: Settings): string | null {
  if (!(thrown instanceof Error) || typeof (thrown as { code?: unknown }).code !== 'string') return null;
  const { code, syscall, path } = thrown as Error & SystemError;
  if (code === 'ERR_SQLITE_ERROR') {
    return `The data folder ${settings.dataDir} (ARCA_DATA_DIR) cannot be used: ${thrown.message}.`;
  }
  if (/^ERR_(OSSL|SSL)_/.test(code) && settings.tlsCert !== null) {
    return `ARCA_TLS_CERT and ARCA_TLS_KEY do not hold a certificate and its key in PEM (${code}).`;
  }
  if (syscall === 'listen' && path === undefined) {
    const why = code === 'EADDRINUSE' ? 'something else listens there' : code;
    return `Arca cannot listen on ${settings.host} (ARCA_HOST) port ${settings.port} (ARCA_PORT): ${why}.`;
  }
  if (syscall === 'getaddrinfo') return `The host ${settings.host} (ARCA_HOST) is not known here (${code}).`;
  if (path === undefined) return null;
  const named = Object.entries(settings).find(([, value]) => value === path)?.[0] as keyof Settings | undefined;
  return `${path} (${table[named ?? 'dataDir'].name}) cannot be used: ${code}.`;
}
