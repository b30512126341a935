import ts from 'typescript';

/** Properties of elements, and of objects given to our own functions, that people see or hear. */
const seen = new Set([
  'label',
  'title',
  'text',
  'detail',
  'lead',
  'help',
  'note',
  'error',
  'placeholder',
  'alt',
  'heading',
  'name',
  'advice',
  'summary',
  'subject',
  'confirmLabel',
  'valueLabel',
  'description',
  'children',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
]);
/** Functions whose arguments are said. */
const saying = new Set(['announce', 'showToast']);
/** Names of fields are for the browser's and the form's own use. */
const machineNamed = new Set(['name']);

/** Texts in the source of a screen that people would see or hear and that are written there, not in src/text. */
export function literalsOf(file: string, source: string): string[] {
  const found: string[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const keep = (text: string) => {
    if (/\p{L}/u.test(text)) found.push(text.replaceAll(/\s*\n\s*/g, ' ').replace(/^ | $/g, ''));
  };
  /** Every text that an expression can become. What it is compared with, and what functions get, is not shown. */
  const collect = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) keep(node.text);
    else if (ts.isTemplateExpression(node)) {
      keep(node.head.text);
      for (const span of node.templateSpans) {
        collect(span.expression);
        keep(span.literal.text);
      }
    } else if (ts.isConditionalExpression(node)) {
      collect(node.whenTrue);
      collect(node.whenFalse);
    } else if (ts.isBinaryExpression(node)) {
      const isShown = [
        ts.SyntaxKind.AmpersandAmpersandToken,
        ts.SyntaxKind.BarBarToken,
        ts.SyntaxKind.QuestionQuestionToken,
        ts.SyntaxKind.PlusToken,
      ].includes(node.operatorToken.kind);
      if (isShown) {
        if (node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) collect(node.left);
        collect(node.right);
      }
    } else if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) collect(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) keep(node.text);
    else if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) collect(node.expression);
    else if (ts.isJsxAttribute(node)) {
      const name = node.name.getText(tree);
      const value = node.initializer;
      const isSeen = seen.has(name) && !machineNamed.has(name);
      if (isSeen && value) collect(ts.isJsxExpression(value) && value.expression ? value.expression : value);
    } else if (ts.isPropertyAssignment(node) && seen.has(node.name.getText(tree).replaceAll(/['"]/g, ''))) {
      collect(node.initializer);
    } else if (ts.isCallExpression(node) && saying.has(node.expression.getText(tree))) {
      for (const argument of node.arguments.slice(0, 1)) collect(argument);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
