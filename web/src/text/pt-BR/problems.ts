export const problems = {
  codes: {
    token_missing: { what: 'Você não entrou no cofre', next: 'Nada foi alterado. Entre e tente de novo.' },
    token_invalid: { what: 'Sua sessão terminou', next: 'Nada foi alterado. Entre de novo.' },
    sign_in_failed: {
      what: 'O usuário ou a senha está errado',
      next: 'Confira os dois e a tecla Caps Lock. Uma conta inativa não entra: fale com a administração.',
    },
    password_wrong: { what: 'A senha está errada', next: 'Nada foi alterado. Digite de novo sua senha atual.' },
    second_factor_required: {
      what: 'Também é preciso um código',
      next: 'Digite o código do seu aplicativo autenticador ou um código de recuperação.',
    },
    second_factor_wrong: {
      what: 'O código está errado ou já foi usado',
      next: 'Espere o próximo e digite-o. Se continuar, veja se o relógio do seu aparelho está certo.',
    },
    second_factor_not_enrolled: {
      what: 'Antes você precisa de um segundo fator',
      next: 'Configure um aplicativo autenticador no seu perfil e tente de novo.',
    },
    password_change_required: {
      what: 'Antes você precisa de uma senha própria',
      next: 'Entre de novo e escolha uma, depois tente outra vez.',
    },
    proof_required: {
      what: 'Você não confirmou que é você',
      next: 'Nada foi alterado. Tente de novo e confirme com sua senha.',
    },
    origin_foreign: {
      what: 'O cofre não reconheceu esta página como sua',
      next: 'Nada foi alterado. Abra o cofre no endereço de sempre; se já está nele, avise quem o opera.',
    },
    too_many_requests: { what: 'Tentativas demais', next: 'Nada foi alterado. Espere um pouco e tente de novo.' },
    route_unknown: {
      what: 'O cofre não conhece isto',
      next: 'Nada foi alterado. Recarregue a página: o cofre pode ter sido atualizado.',
    },
    method_unknown: {
      what: 'O cofre não conhece isto',
      next: 'Nada foi alterado. Recarregue a página: o cofre pode ter sido atualizado.',
    },
    item_not_found: {
      what: 'Esse item não existe para você',
      next: 'O ID pode estar errado, ou ele não é mais compartilhado com você.',
    },
    access_denied: { what: 'Você não pode fazer isto', next: 'Nada foi alterado. Fale com o dono ou a administração.' },
    item_disabled: { what: 'O item está inativo', next: 'Nada foi alterado. Ative-o primeiro.' },
    justification_required: { what: 'O dono pede um motivo', next: 'Diga por que você precisa e então visualize.' },
    cursor_invalid: { what: 'A lista mudou enquanto isso', next: 'Carregue-a de novo desde o início.' },
    field_missing: { what: 'Falta alguma coisa', next: 'Nada foi salvo. Preencha o que está marcado.' },
    field_invalid: { what: 'Algo não está certo', next: 'Nada foi salvo. Corrija o que está marcado.' },
    request_invalid: { what: 'Algo não está certo', next: 'Nada foi salvo. Corrija o que está marcado.' },
    body_unreadable: { what: 'O cofre não conseguiu ler o que foi enviado', next: 'Nada foi alterado. Tente de novo.' },
    set_up_link_invalid: {
      what: 'Este link de configuração não vale',
      next: 'Ele vale por 30 minutos e só na máquina do cofre. Reinicie o cofre para receber outro.',
    },
    already_set_up: { what: 'O cofre já está configurado', next: 'Entre.' },
    integrity_broken: {
      what: 'O que está guardado foi alterado por outras mãos',
      next: 'Nada foi feito. Quem opera o cofre já foi avisado; informe o número da requisição.',
    },
    store_unreachable: {
      what: 'O cofre não alcança seu armazenamento',
      next: 'Nada foi feito. Tente de novo daqui a pouco.',
    },
    store_timeout: {
      what: 'O armazenamento não respondeu a tempo',
      next: 'Pode ter sido feito: confira antes de tentar de novo.',
    },
    unexpected: {
      what: 'Algo deu errado no cofre',
      next: 'O que você digitou continua aqui. Tente de novo; se continuar, informe o número da requisição a quem opera o cofre.',
    },
    network_failed: {
      what: 'Não foi possível falar com o cofre',
      next: 'O que você digitou continua aqui. Confira sua conexão e tente de novo.',
    },
    timed_out: {
      what: 'O cofre não respondeu a tempo',
      next: 'O que você digitou continua aqui. Pode ter sido feito: confira antes de tentar de novo.',
    },
    aborted: { what: 'Foi interrompido', next: 'Nada mais foi feito.' },
    answer_unreadable: {
      what: 'A resposta não era do cofre',
      next: 'Algo pode estar entre você e o cofre. Confira o endereço e recarregue a página.',
    },
  },
  page: {
    what: 'Algo deu errado nesta página',
    next: 'O que você digitou continua aqui. Tente de novo ou recarregue a página.',
  },
  reading: {
    unexpected: 'Tente de novo; se continuar, informe o número da requisição a quem opera o cofre.',
    network_failed: 'Confira sua conexão e tente de novo.',
    timed_out: 'Tente de novo daqui a pouco.',
    page: 'Tente de novo ou recarregue a página.',
  },
  wait: 'Tente de novo em {{time}}.',
  request: 'Requisição {{id}}',
  retry: 'Tentar de novo',
  offline: { what: 'Você está sem conexão', next: 'Isto será lido assim que a conexão voltar.' },
  fields: {
    missing: 'Preencha este campo.',
    tooShort: 'Está curto demais.',
    tooLong: 'Está longo demais.',
    common: 'Essa é uma das senhas mais comuns. Escolha outra.',
    breached: 'Essa senha já foi roubada em algum lugar. Escolha outra.',
    isUsername: 'Tem de ser mais que o nome de usuário, palavras comuns e dígitos.',
    sameAsBefore: 'Escolha algo diferente de antes.',
    email: 'Um endereço é como alguem@example.com.',
    username: 'Use de 1 a 64 dos sinais a-z 0-9 . _ @ + - e comece com letra ou dígito.',
    past: 'Escolha um momento no futuro.',
    invalid: 'Isso não serve aqui.',
  },
};
