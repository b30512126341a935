// npm run sbom -- FILE: writes what a safe is made of, as npm reads it from the lock file, in CycloneDX.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import packageLock from '../package-lock.json' with { type: 'json' };

type Component = { 'bom-ref': string; name: string; version: string };
type Bill = {
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
};

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file to write: npm run sbom -- arca.cdx.json');
  process.exit(2);
}
// Without --omit=dev: npm would leave out the server's fastify and pg too, because the tests name them as well.
const options = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
const { status, stdout, stderr } = spawnSync('npm', options, {
  cwd: dirname(import.meta.dirname),
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}
const bill = withoutTools(JSON.parse(stdout) as Bill);
// npm names the whole after the folder of the checkout.
bill.metadata.component.name = 'arca-safe';
// npm calls scripts in the root of the project; INIT_CWD is where the command was typed.
writeFileSync(resolve(process.env.INIT_CWD ?? '.', file), `${JSON.stringify(bill, null, 2)}\n`);

function withoutTools(whole: Bill): Bill {
  const locked = packageLock.packages as Record<string, { name?: string; version?: string; dev?: true }>;
  const tools = new Set<string>();
  const needed = new Set<string>();
  for (const [path, { name = path.split('node_modules/').at(-1), version, dev }] of Object.entries(locked)) {
    (dev ? tools : needed).add(`${name}@${version}`);
  }
  const stays = ({ name, version }: Component) => needed.has(`${name}@${version}`) || !tools.has(`${name}@${version}`);
  const components = whole.components.filter(stays);
  const refs = new Set([whole.metadata.component, ...components].map((one) => one['bom-ref']));
  const dependencies = whole.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  return { ...whole, components, dependencies };
}
