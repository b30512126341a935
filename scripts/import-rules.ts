// Who may import whom. docs/architecture.md draws it; import-rules.test.ts proves of each rule that it fires.

import type { IForbiddenRuleType } from 'dependency-cruiser';

const test = '\\.test\\.ts$|/test/';
const npm = '(^|/)node_modules/';

/** Folders of server/src and all that their files may import, each other aside. Nothing else is let through. */
const layers: { folder: string; rule: string; folders?: string[]; modules?: string; core?: boolean }[] = [
  { folder: 'domain', rule: 'domain-knows-only-itself', modules: '^(node:)?net$' },
  { folder: 'crypto', rule: 'crypto-knows-only-node-crypto', modules: `^(node:)?crypto$|${npm}jose/` },
  {
    folder: 'tracing',
    rule: 'tracing-knows-nothing-of-the-safe',
    modules: `${npm}|^server/(src/settings\\.ts|package\\.json)$`,
    core: true,
  },
  {
    folder: 'storage',
    rule: 'storage-knows-domain-and-crypto',
    folders: ['domain', 'crypto', 'tracing'],
    modules: npm,
    core: true,
  },
  { folder: 'blobs', rule: 'blobs-know-domain-and-crypto', folders: ['domain', 'crypto'], modules: npm, core: true },
  {
    // Files of strangers are read without keys, without the store and without whoever is asking.
    folder: 'import',
    rule: 'import-knows-domain',
    folders: ['domain'],
    modules: `${npm}|^server/src/jobs/stream/(receiver|call-out)\\.ts$`,
    core: true,
  },
  {
    folder: 'actions',
    rule: 'actions-know-storage-crypto-domain',
    folders: ['storage', 'blobs', 'crypto', 'domain', 'tracing'],
    modules: `^(node:)?(util|timers/promises)$|${npm}(pino|mime)/`,
  },
  {
    folder: 'http',
    rule: 'http-knows-actions-and-domain',
    folders: ['actions', 'domain', 'tracing'],
    // The package's own version is told in the API's description.
    modules: `${npm}|^server/(src/settings\\.ts|package\\.json)$`,
    core: true,
  },
  { folder: 'jobs', rule: 'jobs-know-actions-and-domain', folders: ['actions', 'domain'], modules: npm, core: true },
  {
    folder: 'admin',
    rule: 'admin-knows-actions-and-domain',
    folders: ['actions', 'domain'],
    modules: `${npm}|^server/src/(open-safe|restore-safe|root-key|settings|config)\\.ts$`,
    core: true,
  },
];

/** What rooms of the screens may take of one another. All else that two of them need belongs to ui, text or api. */
const doors = [
  'admin/admin-only.tsx',
  'admin/use-proposed-toast.ts',
  'admin/waiting-proposals.tsx',
  'imports/imports-page.tsx',
  'items/generator/random-password.ts',
  'second-factor/enrolment.tsx',
  'second-factor/recovery-codes.tsx',
  'second-factor/second-step.tsx',
  'session/use-language-choice.ts',
  'session/use-session.ts',
  'users/find-users.ts',
  'users/name-picker.tsx',
  'users/names-field.tsx',
  'users/use-filters.ts',
];
const anyDoor = `^web/src/(${doors.map((door) => door.replace('.', '\\.')).join('|')})$`;

export const rules: (IForbiddenRuleType & { name: string })[] = [
  ...layers.map(({ folder, rule, folders = [], modules, core }) => ({
    name: rule,
    severity: 'error' as const,
    from: { path: `^server/src/${folder}/`, pathNot: test },
    to: {
      couldNotResolve: false,
      pathNot: [`^server/src/(${[folder, ...folders].join('|')})/`, ...(modules === undefined ? [] : [modules])],
      ...(core ? { dependencyTypesNot: ['core' as const] } : {}),
    },
  })),
  {
    name: 'files-are-read-offline',
    comment: 'another MySafe alone is called, by what refuses addresses of the inside network',
    severity: 'error',
    from: { path: '^server/src/import/', pathNot: `^server/src/import/mysafe/|${test}` },
    to: { path: '^(node:)?(net|tls|http|https|http2|dgram|dns|child_process)(/|$)|^server/src/jobs/' },
  },
  {
    name: 'jose-only-in-tokens',
    severity: 'error',
    from: { path: '^(server|cli)/src/', pathNot: `^server/src/crypto/tokens\\.ts$|${test}` },
    to: { path: `${npm}jose/` },
  },
  {
    name: 'traces-are-loaded-if-set',
    comment: 'a static import would cost every safe 20 MB; types cost nothing',
    severity: 'error',
    from: { path: '^(server|cli)/src/', pathNot: test },
    to: { path: `${npm}@opentelemetry/`, dynamic: false, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-storage-speaks-sql',
    severity: 'error',
    from: { path: '^(server|cli)/src/', pathNot: `^server/src/storage/|${test}` },
    to: { path: `${npm}(@types/)?(kysely|pg)/|^(node:)?sqlite$` },
  },
  {
    name: 'mysafe-and-v1-are-strangers',
    severity: 'error',
    from: { path: '^server/src/http/(mysafe|v1)/' },
    to: { path: '^server/src/http/(mysafe|v1)/', pathNot: '^server/src/http/$1/' },
  },
  {
    name: 'nothing-imports-main',
    severity: 'error',
    from: { path: '^server/src/', pathNot: test },
    to: { path: '^server/src/main\\.ts$' },
  },
  {
    name: 'server-knows-no-cli',
    severity: 'error',
    from: { path: '^server/src/' },
    to: { path: '^cli/' },
  },
  {
    name: 'cli-enters-by-main-config-admin',
    severity: 'error',
    from: { path: '^cli/src/', pathNot: test },
    to: { path: '^server/', pathNot: '^server/src/(main\\.ts$|config\\.ts$|admin/)' },
  },
  {
    name: 'client-commands-know-no-server',
    comment: 'they call a safe from any host, as integrators do',
    severity: 'error',
    from: {
      path: '^cli/src/(client/|commands/(items/|files/|(login|logout|whoami|run|completion)\\.ts$))',
      pathNot: test,
    },
    to: { path: '^server/' },
  },
  {
    name: 'cli-enters-the-sdk-by-its-front',
    severity: 'error',
    from: { path: '^cli/src/', pathNot: test },
    to: { path: '^sdk/', pathNot: '^sdk/src/arca\\.ts$' },
  },
  {
    name: 'sdk-knows-only-itself',
    comment: 'it runs in browsers too, and is licensed apart from the rest',
    severity: 'error',
    from: { path: '^sdk/src/', pathNot: test },
    to: { couldNotResolve: false, pathNot: '^sdk/src/' },
  },
  {
    name: 'text-knows-only-itself',
    comment: 'and of the SDK its error codes, each of which it has words for',
    severity: 'error',
    from: { path: '^web/src/text/', pathNot: test },
    to: { path: '^(web|sdk)/', pathNot: `^web/src/text/|^sdk/src/arca\\.ts$|${npm}` },
  },
  {
    name: 'ui-knows-only-text',
    comment: 'it can show anything because it knows of nothing',
    severity: 'error',
    from: { path: '^web/src/ui/', pathNot: test },
    to: { path: '^(web|sdk)/', pathNot: `^web/src/(ui|text)/|${npm}` },
  },
  {
    name: 'api-of-screens-knows-no-room',
    severity: 'error',
    from: { path: '^web/src/api/', pathNot: test },
    to: { path: '^web/', pathNot: `^web/src/(api|ui|text)/|${npm}` },
  },
  {
    name: 'rooms-use-doors',
    comment: 'a room shows the inside of no other; app alone leads into each',
    severity: 'error',
    from: { path: '^web/src/([^/]+)/', pathNot: `^web/src/(app|ui|text|api)/|${test}` },
    to: { path: '^web/src/', pathNot: ['^web/src/($1|ui|text|api)/', anyDoor] },
  },
  {
    name: 'screens-know-the-safe-by-the-sdk',
    severity: 'error',
    from: { path: '^web/src/', pathNot: test },
    to: { path: '^(server|cli)/' },
  },
  {
    name: 'source-knows-no-tests',
    severity: 'error',
    from: { path: '^(server|cli)/src/', pathNot: test },
    to: { path: test, pathNot: npm },
  },
  {
    name: 'source-reads-no-process-module',
    comment: 'process.env is guarded by the linter, which does not see it imported under another name',
    severity: 'error',
    from: { path: '^(server|cli)/src/' },
    to: { path: '^(node:)?process$' },
  },
  {
    name: 'source-needs-no-tools',
    comment: 'a safe that runs has no development packages',
    severity: 'error',
    from: { path: '^(server|cli)/src/', pathNot: test },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'type-only'] },
  },
  {
    name: 'no-cycle',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphan',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: `${test}|\\.d\\.ts$|^(cli|sdk)/src/arca\\.ts$|^web/src/app/theme-first\\.ts$|^scripts/|^bench/`,
    },
    to: {},
  },
  {
    name: 'every-import-resolves',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];
