// Holds the rules of import-rules.ts over the whole project.

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { cruise, type IReporterOutput } from 'dependency-cruiser';
import { rules } from './import-rules.ts';

const folders = ['server', 'cli', 'sdk', 'web', 'bench', 'conformance', 'scripts'];

export type ImportCheck = { modules: number; violations: { rule: string; from: string; to: string }[] };

/** Reads every import below `root`, types included. */
export async function checkImports(root: string): Promise<ImportCheck> {
  const { output }: IReporterOutput = await cruise(
    folders.filter((folder) => existsSync(`${root}/${folder}`)),
    {
      baseDir: root,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^server/test/clients/|^(cli|sdk|web)/dist/' },
      tsPreCompilationDeps: true,
      combinedDependencies: true,
      validate: true,
      ruleSet: { forbidden: rules },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['arca-source', 'node', 'import', 'types', 'default'],
      },
    },
  );
  if (typeof output === 'string') throw new Error(output);
  return {
    modules: output.summary.totalCruised,
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

if (import.meta.main) {
  const { modules, violations } = await checkImports(dirname(import.meta.dirname));
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} -> ${to}`);
  if (modules === 0) console.error('No module was read: the check checks nothing.');
  else console.log(`${modules} modules, ${rules.length} rules, ${violations.length} violations`);
  process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0;
}
