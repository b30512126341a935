import type { Words } from '../words.ts';

export const app = {
  name: 'Arca',
  preferences: 'Preferências',
  theme: { label: 'Tema', system: 'Sistema', light: 'Claro', dark: 'Escuro' },
  language: { label: 'Idioma' },
  administration: 'Administração',
  notFound: {
    title: 'Não há nada aqui',
    text: 'O endereço pode estar errado, ou o que havia aqui não é compartilhado com você.',
    home: 'Ir para o início',
  },
} satisfies Words['app'];
