export type SampleRow = {
  id: string;
  name: string;
  username: string;
  tags: string[];
  owner: string;
  usedAt: Date;
  strength: 'undefined' | 'poor' | 'bad' | 'good' | 'best';
  isDisabled: boolean;
};

const names = [
  'Bank of Brasília',
  'AWS root',
  'Slack',
  'Payroll',
  'GitHub',
  'Router, 3rd floor',
  'Tax office',
  'Figma',
];
const owners = ['Ana Souza', 'Bruno Lima', 'Carla Nunes'];
const strengths = ['good', 'best', 'bad', 'poor', 'best', 'undefined'] as const;
const start = Date.UTC(2026, 10, 21);

export const sampleRows: SampleRow[] = Array.from({ length: 10_000 }, (_, at) => ({
  id: String(at + 1),
  name: at < names.length ? (names[at] ?? '') : `${names[at % names.length]} ${at + 1}`,
  username: `${['finance', 'admin', 'ops', 'ana.souza'][at % 4]}@example.com`,
  tags: at % 3 === 0 ? ['finance'] : at % 5 === 0 ? ['infra', 'shared'] : [],
  owner: owners[at % 3] ?? '',
  usedAt: new Date(start - ((at * 7919) % 4000) * 3_600_000),
  strength: strengths[at % strengths.length] ?? 'good',
  isDisabled: at % 11 === 4,
}));
