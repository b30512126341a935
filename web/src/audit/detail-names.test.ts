import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { audit as english } from '../text/en/audit.ts';
import { audit as portuguese } from '../text/pt-BR/audit.ts';

const server = join(import.meta.dirname, '../../../server/src');
/** The types that say of a value that it is an entry's details, or has them. */
const detailTypes = ['AuditDetails', 'Backing'];

/** The name of every detail that any act records, as the compiler sees the values that are given for details. */
function recordedNames(): Set<string> {
  const files = globSync('{actions,storage}/**/*.ts', { cwd: server, exclude: ['**/*.test.ts'] });
  const program = ts.createProgram(
    files.map((file) => join(server, file)),
    {
      strict: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ESNext,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
    },
  );
  const checker = program.getTypeChecker();
  const names = new Set<string>();
  const isDetails = (node: ts.TypeNode | undefined) => node !== undefined && detailTypes.includes(node.getText());
  const add = (value: ts.Expression): void => {
    const type = checker.getTypeAtLocation(value);
    for (const one of type.isUnion() ? type.types : [type]) {
      if (checker.getIndexInfosOfType(one).length > 0) continue;
      for (const property of one.getProperties()) names.add(property.name);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && isDetails(node.type) && node.initializer) add(node.initializer);
    if (ts.isFunctionDeclaration(node) && isDetails(node.type)) {
      for (const one of node.body?.statements ?? [])
        if (ts.isReturnStatement(one) && one.expression) add(one.expression);
    }
    if (ts.isCallExpression(node)) {
      const parameters = checker.getResolvedSignature(node)?.getDeclaration()?.parameters ?? [];
      for (const [at, value] of node.arguments.entries()) {
        const type = parameters[at]?.type;
        // A parameter may have the type of details, or be spelled as one of another function's.
        if (isDetails(type) || type?.getText().includes("['details']")) add(value);
        if (type?.getText() !== 'AuditDraft' || !ts.isObjectLiteralExpression(value)) continue;
        for (const member of value.properties) {
          if (member.name?.getText() !== 'details') continue;
          if (ts.isPropertyAssignment(member)) add(member.initializer);
          if (ts.isShorthandPropertyAssignment(member)) add(member.name);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) if (source.fileName.startsWith(server)) visit(source);
  return names;
}

test('every detail of every entry has its words in both languages', () => {
  const names = recordedNames();
  // What the screen shows in a place of its own.
  names.delete('address');
  assert.ok(names.size > 40 && names.has('proposedBy') && names.has('holds') && names.has('action'), [...names].join());
  for (const { details } of [english, portuguese]) {
    assert.deepEqual(
      [...names].filter((name) => !(name in details)),
      [],
    );
  }
});
