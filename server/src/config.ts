import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readSettings, SettingProblem, type Settings, settings, yamlName } from './settings.ts';

export type { Settings } from './settings.ts';

/**
 * The only reader of the environment. A setting comes from the environment, else from `arca.yaml` (in the current
 * folder, or the file that `ARCA_CONFIG` names), else from its default. Throws a SettingProblem.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Settings {
  const known = new Set(Object.values(settings).map((one) => one.name));
  const strange = Object.keys(environment).find(
    (name) => /^ARCA_/.test(name) && !known.has(name) && !foreign.has(name),
  );
  if (strange) throw new SettingProblem(`${strange} is not a setting that Arca knows.`);
  const fromFile = readYaml(environment.ARCA_CONFIG);
  const texts: Record<string, string | undefined> = {};
  // An empty variable counts as absent, so that a container file can name it without setting it.
  for (const name of known) texts[name] = environment[name] || fromFile[yamlName(name)];
  return readSettings(texts);
}

/**
 * Names that begin with ours and are no settings of a safe: the test suite's, the conformance report's, those of the
 * commands that call a safe, and where this file is.
 */
const foreign = new Set([
  'ARCA_CLIENT_ID',
  'ARCA_CLIENT_SECRET',
  'ARCA_CLIENT_SECRET_FILE',
  'ARCA_CONFIG',
  'ARCA_CONFORMANCE_CLIENT_ID',
  'ARCA_CONFORMANCE_CLIENT_SECRET',
  'ARCA_PRIVATE_KEY_FILE',
  'ARCA_TEST_POSTGRES_URL',
  'ARCA_URL',
]);

function readYaml(named: string | undefined): Record<string, string> {
  const path = named || 'arca.yaml';
  if (!existsSync(path)) {
    if (named) throw new SettingProblem(`ARCA_CONFIG names ${named}, which is not there.`);
    return {};
  }
  let content: unknown;
  try {
    // Its warnings would quote the line that they mean, which may hold a key.
    content = parse(readFileSync(path, 'utf8'), { logLevel: 'error' });
  } catch {
    throw new SettingProblem(`${path} is not readable YAML.`);
  }
  if (content === null) return {};
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new SettingProblem(`${path} must hold settings, one a line, such as port: 7717.`);
  }
  const known = new Set(Object.values(settings).map((one) => yamlName(one.name)));
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      if (!known.has(name)) throw new SettingProblem(`${name} in ${path} is not a setting that Arca knows.`);
      return [name, textOf(name, path, value)];
    }),
  );
}

function textOf(name: string, path: string, value: unknown): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((one) => textOf(name, path, one)).join(',');
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new SettingProblem(`${name} in ${path} must be a text, a number, on or off, or a list of texts.`);
}
