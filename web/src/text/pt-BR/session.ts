import type { Words } from '../words.ts';

export const session = {
  brand: {
    claim: 'Tudo o que sua equipe guarda, em um só cofre.',
    promise: 'Cada segredo visualizado deixa um registro assinado: quem, quando, de onde e por quê.',
  },
  signIn: {
    title: 'Entrar',
    lead: 'As senhas, anotações e segredos da sua equipe.',
    again: 'Entre de novo',
    ended: 'Sua sessão terminou. O que estava aberto foi mantido: entre para continuar.',
    username: 'Usuário',
    password: 'Senha',
    usernameMissing: 'Digite seu usuário.',
    passwordMissing: 'Digite sua senha.',
    act: 'Entrar',
    other: 'Entrar com outro usuário',
  },
  code: {
    title: 'Digite o código',
    lead: 'Os 6 dígitos que seu aplicativo autenticador mostra agora para o Arca.',
    label: 'Código',
    missing: 'Digite os 6 dígitos do código.',
    recovery: 'Código de recuperação',
    recoveryHelp: 'Um dos que você guardou ao configurar o segundo fator. Cada um serve uma vez.',
    recoveryMissing: 'Digite um dos seus códigos de recuperação.',
    useRecovery: 'Usar um código de recuperação',
    useCode: 'Usar um código do aplicativo',
    back: 'Voltar',
    for: 'Entrando como {{username}}',
  },
  wait: 'Tente de novo em {{time}}',
  proof: {
    title: 'Confirme que é você',
    lead: 'Esta ação pede sua senha mais uma vez. Pelos próximos 10 minutos ela não será pedida de novo.',
    act: 'Confirmar',
  },
  idle: {
    title: 'Você ainda está aí?',
    lead_one:
      'Em {{count}} segundo sua sessão termina, porque nada acontece há algum tempo. O que você digitou fica guardado.',
    lead_many:
      'Em {{count}} de segundos sua sessão termina, porque nada acontece há algum tempo. O que você digitou fica guardado.',
    lead_other:
      'Em {{count}} segundos sua sessão termina, porque nada acontece há algum tempo. O que você digitou fica guardado.',
    stay: 'Continuar no cofre',
  },
  account: {
    label: 'Conta',
    of: 'Conta de {{name}}',
    profile: 'Meu perfil',
    sessions: 'Minhas sessões',
    imports: 'Importar e exportar',
    reference: 'Referência da API',
  },
  signOut: {
    act: 'Sair',
    everywhere: 'Sair em toda parte',
    done: 'Você saiu',
    doneEverywhere: 'Você saiu em toda parte',
  },
  setUp: {
    title: 'Boas-vindas ao Arca',
    lead: 'Crie sua própria conta. Ela é a primeira com administração deste cofre.',
    username: 'Usuário',
    usernameHelp: 'Como você entra: letras minúsculas, dígitos e . _ @ + -',
    usernameInvalid: 'Use letras minúsculas, dígitos e . _ @ + - e comece com letra ou dígito.',
    name: 'Nome',
    password: 'Senha',
    passwordMissing: 'Escolha uma senha.',
    passwordShort: 'Use pelo menos 12 caracteres.',
    passwordHelp:
      'Pelo menos 12 caracteres. Comprida vale mais que complicada: quatro ou cinco palavras ao acaso são fáceis de lembrar e difíceis de adivinhar.',
    act: 'Abrir o cofre',
    noToken: 'Esta página precisa do link que o cofre mostrou ao ser iniciado. Abra esse link mais uma vez.',
    done: 'Este cofre já está configurado.',
    signIn: 'Entrar',
    waiting: 'Este cofre ainda não tem administrador. Abra o link que ele mostrou ao ser iniciado.',
  },
  mustChange: {
    title: 'Escolha sua própria senha',
    lead: 'Outra pessoa escolheu a senha com que você entrou. Assim que tiver uma sua, tudo se abre.',
    given: 'Senha que você recebeu',
    givenMissing: 'Digite a senha com que você entrou.',
    own: 'Sua própria senha',
  },
  mustEnrol: {
    title: 'Configure um segundo fator',
    lead: 'A política deste cofre exige de você um segundo fator. Leva um minuto, e então tudo se abre.',
  },
} satisfies Words['session'];
