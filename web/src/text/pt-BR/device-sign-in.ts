import type { Words } from '../words.ts';

export const deviceSignIn = {
  open: 'Autorizar dispositivo',
  title: 'Autorizar dispositivo',
  lead: 'Um comando como arca login mostra um código. Digite-o aqui e veja quem pede acesso antes de decidir.',
  code: 'Código',
  codeHelp: 'Oito letras, como WDJB-MJHT.',
  codeMissing: 'Digite as oito letras que o dispositivo mostra.',
  look: 'Continuar',
  asks: '{{device}} pede acesso',
  device: 'Chama-se',
  address: 'Pede de',
  time: 'Pediu',
  access: 'Recebe',
  accessAll: 'Uma chave de acesso que faz com itens o que você pode fazer',
  accessRead: 'Uma chave de acesso que lê os itens que você pode ler',
  period: 'Por',
  days_one: '{{count}} dia',
  days_many: '{{count}} de dias',
  days_other: '{{count}} dias',
  warning: 'Foi você quem começou isto, agora há pouco?',
  warningText:
    'Só então autorize. Quem envia um código a você quer chegar aos seus itens com ele. O nome acima é o que o próprio dispositivo informa.',
  allow: 'Autorizar',
  deny: 'Recusar',
  another: 'Digitar outro código',
  allowed: 'Autorizado',
  allowedText:
    '{{device}} continua sozinho em alguns segundos. A chave de acesso dele está entre as suas, e lá você pode revogá-la.',
  toKeys: 'Ver chaves de acesso',
  denied: 'Recusado',
  deniedText:
    '{{device}} não recebeu nada. Se não foi você quem começou, foi outra pessoa: nada mais precisa ser feito.',
} satisfies Words['accessKeys']['deviceSignIn'];
