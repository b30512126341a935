import type { Words } from '../words.ts';

export const problems = {
  codes: {
    token_missing: { what: 'Você não entrou no cofre', next: 'Nada foi alterado. Entre e tente de novo.' },
    token_invalid: { what: 'Sua sessão terminou', next: 'Nada foi alterado. Entre de novo.' },
    key_restricted: {
      what: 'A chave de acesso não pode ser usada daqui',
      next: 'O dono da chave pode alterar de onde ela é aceita.',
    },
    client_unknown: { what: 'A chave de acesso não foi aceita', next: 'Confira o client ID e o segredo.' },
    grant_type_unsupported: {
      what: 'Essa forma de obter token não é conhecida',
      next: 'Use o tipo client credentials.',
    },
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
    second_factor_enrolled: { what: 'Você já tem um segundo fator', next: 'Remova-o antes de configurar outro.' },
    second_factor_absent: { what: 'Não há segundo fator', next: 'Configure um no seu perfil.' },
    second_factor_needed: {
      what: 'O segundo fator não pode ser removido',
      next: 'Ele continua como estava: a política deste cofre o exige de você.',
    },
    proof_required: {
      what: 'Você não confirmou que é você',
      next: 'Nada foi alterado. Tente de novo e confirme com sua senha.',
    },
    upload_not_found: {
      what: 'O envio não existe mais',
      next: 'Ele foi abandonado ou já usado. Escolha o arquivo de novo.',
    },
    upload_offset_wrong: {
      what: 'O envio continua em outro ponto',
      next: 'Tente de novo: ele continua de onde parou.',
    },
    upload_incomplete: { what: 'O arquivo não chegou inteiro', next: 'Tente de novo: ele continua de onde parou.' },
    file_too_large: { what: 'O arquivo é grande demais', next: 'Nada foi salvo. Escolha um menor.' },
    quota_reached: {
      what: 'Não há mais espaço para ele',
      next: 'Nada foi salvo. Cancele outros envios ou peça mais espaço a um administrador.',
    },
    range_unsatisfiable: { what: 'O arquivo não tem essa parte', next: 'Baixe-o inteiro.' },
    origin_foreign: {
      what: 'O cofre não reconheceu esta página como sua',
      next: 'Nada foi alterado. Abra o cofre no endereço de sempre; se já está nele, avise quem o opera.',
    },
    session_not_found: { what: 'Essa sessão já terminou', next: 'Não há mais nada a fazer.' },
    too_many_requests: { what: 'Tentativas demais', next: 'Nada foi alterado. Espere um pouco e tente de novo.' },
    route_unknown: {
      what: 'O cofre não conhece isto',
      next: 'Nada foi alterado. Recarregue a página: o cofre pode ter sido atualizado.',
    },
    method_unknown: {
      what: 'O cofre não conhece isto',
      next: 'Nada foi alterado. Recarregue a página: o cofre pode ter sido atualizado.',
    },
    number_invalid: { what: 'Isso não é um ID', next: 'Os IDs são números a partir de 1.' },
    item_not_found: {
      what: 'Esse item não existe para você',
      next: 'O ID pode estar errado, ou ele não é mais compartilhado com você.',
    },
    version_not_found: { what: 'Essa versão não existe', next: 'Escolha outra no histórico.' },
    share_not_found: { what: 'Não há esse compartilhamento', next: 'Talvez alguém já o tenha removido.' },
    share_impossible: { what: 'Não é possível compartilhar assim', next: 'Nada foi alterado. Escolha outra pessoa.' },
    transfer_impossible: { what: 'Não é possível transferir', next: 'O dono continua o mesmo. Escolha outra pessoa.' },
    access_denied: { what: 'Você não pode fazer isto', next: 'Nada foi alterado. Fale com o dono ou a administração.' },
    item_disabled: { what: 'O item está inativo', next: 'Nada foi alterado. Ative-o primeiro.' },
    justification_required: { what: 'O dono pede um motivo', next: 'Diga por que você precisa e então visualize.' },
    approval_required: { what: 'Alguém precisa aprovar antes', next: 'Peça acesso; você será avisado quando sair.' },
    revision_stale: {
      what: 'Outra pessoa salvou antes',
      next: 'O que você escreveu continua aqui. Veja como está agora e salve de novo.',
    },
    revision_unreadable: { what: 'O cofre não entendeu a revisão', next: 'Nada foi alterado. Recarregue a página.' },
    idempotency_key_reused: { what: 'Isto já foi enviado com outro conteúdo', next: 'Recarregue a página e confira.' },
    cursor_invalid: { what: 'A lista mudou enquanto isso', next: 'Carregue-a de novo desde o início.' },
    field_missing: { what: 'Falta alguma coisa', next: 'Nada foi salvo. Preencha o que está marcado.' },
    field_invalid: { what: 'Algo não está certo', next: 'Nada foi salvo. Corrija o que está marcado.' },
    note_too_long: { what: 'A anotação é longa demais', next: 'Ela continua aqui. Encurte-a ou divida em duas.' },
    request_invalid: { what: 'Algo não está certo', next: 'Nada foi salvo. Corrija o que está marcado.' },
    import_not_found: { what: 'Importação inexistente', next: 'Veja as suas importações.' },
    import_unreadable: { what: 'Arquivo ilegível', next: 'Exporte de novo.' },
    import_impossible: { what: 'Não é possível agora', next: 'Recarregue a página.' },
    identifier_code_taken: { what: 'Esse código identificador já existe', next: 'Nada foi salvo. Escolha outro.' },
    body_unreadable: { what: 'O cofre não conseguiu ler o que foi enviado', next: 'Nada foi alterado. Tente de novo.' },
    body_too_large: { what: 'Isso é grande demais', next: 'Nada foi salvo. Envie menos de cada vez.' },
    media_type_unknown: {
      what: 'O cofre não conseguiu ler o que foi enviado',
      next: 'Nada foi alterado. Tente de novo.',
    },
    answer_unencryptable: {
      what: 'O valor é longo demais para ser criptografado para esta chave de acesso',
      next: 'Use uma chave de acesso que criptografa com JWE.',
    },
    rotation_running: {
      what: 'As chaves do cofre já estão sendo trocadas',
      next: 'Nada foi iniciado. Espere até que a troca termine.',
    },
    root_key_unfit: {
      what: 'Este servidor não conhece a nova chave raiz',
      next: 'Nada foi iniciado. Quem o opera precisa reiniciá-lo com a nova.',
    },
    set_up_link_invalid: {
      what: 'Este link de configuração não vale',
      next: 'Ele vale por 30 minutos e só na máquina do cofre. Reinicie o cofre para receber outro.',
    },
    already_set_up: { what: 'O cofre já está configurado', next: 'Entre.' },
    user_not_found: { what: 'Esse usuário não existe', next: 'Nada foi alterado. Confira o nome de usuário.' },
    username_taken: { what: 'Esse nome de usuário já existe', next: 'Escolha outro.' },
    last_admin: {
      what: 'Este é o último administrador',
      next: 'Nada foi alterado. Antes, torne alguém administrador ou ative outro.',
    },
    group_not_found: {
      what: 'Esse grupo não existe para você',
      next: 'Nada foi alterado. Talvez tenha sido removido.',
    },
    group_name_taken: { what: 'Já há um grupo com esse nome', next: 'Escolha outro nome.' },
    proposal_not_found: { what: 'Essa proposta não existe', next: 'Carregue a lista de novo.' },
    proposal_decided: { what: 'Isso já foi decidido', next: 'Nada foi alterado. Carregue a lista de novo.' },
    proposal_by_self: {
      what: 'Outro administrador precisa confirmar',
      next: 'Nada foi alterado: quem propõe não pode confirmar.',
    },
    keys_not_allowed: {
      what: 'Você não pode criar chaves de acesso',
      next: 'Nada foi alterado. Fale com a administração.',
    },
    key_not_found: { what: 'Essa chave de acesso não existe para você', next: 'Carregue a lista de novo.' },
    key_revoked: { what: 'A chave de acesso foi revogada em definitivo', next: 'Crie outra ou clone esta.' },
    key_without_private_key: {
      what: 'Esta chave de acesso não tem chave privada',
      next: 'Ela não criptografa as respostas.',
    },
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
    isUsername: 'Não pode ser igual ao nome de usuário.',
    sameAsBefore: 'Escolha algo diferente de antes.',
    email: 'Um endereço é como alguem@example.com.',
    username: 'Use de 1 a 64 dos sinais a-z 0-9 . _ @ + - e comece com letra ou dígito.',
    past: 'Escolha um momento no futuro.',
    invalid: 'Isso não serve aqui.',
  },
} satisfies Words['problems'];
