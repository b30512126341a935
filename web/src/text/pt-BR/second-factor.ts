import type { Words } from '../words.ts';

export const secondFactor = {
  begin: {
    title: 'Configurar um segundo fator',
    lead: 'Além da senha, um aplicativo no seu celular passa a mostrar um código novo a cada 30 segundos.',
  },
  scan: {
    text: 'Abra seu aplicativo autenticador e leia este código. Qualquer um serve: Google Authenticator, Microsoft Authenticator, Aegis, 2FAS ou seu gerenciador de senhas.',
    qr: 'Código QR para seu aplicativo autenticador',
    typed: 'Se não der para ler o código, digite esta chave no aplicativo como baseada em tempo:',
    key: 'Chave',
  },
  confirm: {
    text: 'Depois digite os 6 dígitos que o aplicativo mostra para o Arca.',
    act: 'Confirmar',
  },
  codes: {
    title: 'Guarde seus códigos de recuperação',
    text: 'Cada um deles permite entrar uma vez se você perder o celular. Eles só aparecem agora: guarde-os onde o celular não está.',
    list: 'Códigos de recuperação',
    copy: 'Copiar todos',
    copied: 'Códigos de recuperação copiados',
    download: 'Baixar',
    print: 'Imprimir',
    kept: 'Guardei os códigos em lugar seguro',
    done: 'Concluir',
    fileName: 'arca-codigos-de-recuperacao-{{username}}.txt',
    fileTitle: 'Códigos de recuperação do Arca de {{username}} para {{host}}',
    fileMade: 'Criados em {{date}}. Cada código serve uma vez; códigos novos substituem todos estes.',
  },
} satisfies Words['secondFactor'];
