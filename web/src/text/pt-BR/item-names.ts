import type { Words } from '../words.ts';

export const itemNames = {
  password: 'Senha {{number}}',
  note: 'Anotação {{number}}',
  'api-secret': 'Segredo de API {{number}}',
  file: 'Arquivo {{number}}',
} satisfies Words['itemNames'];
