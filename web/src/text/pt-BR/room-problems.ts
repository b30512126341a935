/** Of the refusals that only rooms meet; their words come with those of the rooms. */
export const roomCodes = {
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
  import_not_found: { what: 'Importação inexistente', next: 'Veja as suas importações.' },
  import_unreadable: { what: 'Arquivo ilegível', next: 'Exporte de novo.' },
  import_source_failed: {
    what: 'O outro cofre não pode ser lido',
    next: 'Nada foi planejado. Confira o endereço e a chave.',
  },
  import_impossible: { what: 'Não é possível agora', next: 'Recarregue a página.' },
  rotation_running: {
    what: 'As chaves do cofre já estão sendo trocadas',
    next: 'Nada foi iniciado. Espere até que a troca termine.',
  },
  root_key_unfit: {
    what: 'Este servidor não conhece a nova chave raiz',
    next: 'Nada foi iniciado. Quem o opera precisa reiniciá-lo com a nova.',
  },
  proposal_not_found: { what: 'Essa proposta não existe', next: 'Carregue a lista de novo.' },
  proposal_decided: { what: 'Isso já foi decidido', next: 'Nada foi alterado. Carregue a lista de novo.' },
  proposal_by_self: {
    what: 'Outro administrador precisa confirmar',
    next: 'Nada foi alterado: quem propõe não pode confirmar.',
  },
  key_without_private_key: {
    what: 'Esta chave de acesso não tem chave privada',
    next: 'Ela não criptografa as respostas.',
  },
  answer_unencryptable: {
    what: 'O valor é longo demais para ser criptografado para esta chave de acesso',
    next: 'Use uma chave de acesso que criptografa com JWE.',
  },
  group_name_taken: { what: 'Já há um grupo com esse nome', next: 'Escolha outro nome.' },
  username_taken: { what: 'Esse nome de usuário já existe', next: 'Escolha outro.' },
  last_admin: {
    what: 'Este é o último administrador',
    next: 'Nada foi alterado. Antes, torne alguém administrador ou ative outro.',
  },
  version_not_found: { what: 'Essa versão não existe', next: 'Escolha outra no histórico.' },
  identifier_code_taken: { what: 'Esse código identificador já existe', next: 'Nada foi salvo. Escolha outro.' },
  revision_unreadable: { what: 'O cofre não entendeu a revisão', next: 'Nada foi alterado. Recarregue a página.' },
  approval_required: { what: 'Alguém precisa aprovar antes', next: 'Peça acesso; você será avisado quando sair.' },
  second_factor_enrolled: { what: 'Você já tem um segundo fator', next: 'Remova-o antes de configurar outro.' },
  key_not_found: { what: 'Essa chave de acesso não existe para você', next: 'Carregue a lista de novo.' },
  key_revoked: { what: 'A chave de acesso foi revogada em definitivo', next: 'Crie outra ou clone esta.' },
  keys_not_allowed: {
    what: 'Você não pode criar chaves de acesso',
    next: 'Nada foi alterado. Fale com a administração.',
  },
  user_not_found: { what: 'Esse usuário não existe', next: 'Nada foi alterado. Confira o nome de usuário.' },
  group_not_found: {
    what: 'Esse grupo não existe para você',
    next: 'Nada foi alterado. Talvez tenha sido removido.',
  },
  second_factor_absent: { what: 'Não há segundo fator', next: 'Configure um no seu perfil.' },
  second_factor_needed: {
    what: 'O segundo fator não pode ser removido',
    next: 'Ele continua como estava: a política deste cofre o exige de você.',
  },
  transfer_impossible: { what: 'Não é possível transferir', next: 'O dono continua o mesmo. Escolha outra pessoa.' },
  key_restricted: {
    what: 'A chave de acesso não pode ser usada daqui',
    next: 'O dono da chave pode alterar de onde ela é aceita.',
  },
  client_unknown: { what: 'A chave de acesso não foi aceita', next: 'Confira o client ID e o segredo.' },
  grant_type_unsupported: {
    what: 'Essa forma de obter token não é conhecida',
    next: 'Use o tipo client credentials.',
  },
  device_sign_in_not_found: {
    what: 'Nada pede acesso com esse código',
    next: 'Compare com o que o dispositivo mostra. Depois de 10 minutos ele precisa de um novo.',
  },
  session_not_found: { what: 'Essa sessão já terminou', next: 'Não há mais nada a fazer.' },
  share_not_found: { what: 'Não há esse compartilhamento', next: 'Talvez alguém já o tenha removido.' },
  share_impossible: { what: 'Não é possível compartilhar assim', next: 'Nada foi alterado. Escolha outra pessoa.' },
  note_too_long: { what: 'A anotação é longa demais', next: 'Ela continua aqui. Encurte-a ou divida em duas.' },
  revision_stale: {
    what: 'Outra pessoa salvou antes',
    next: 'O que você escreveu continua aqui. Veja como está agora e salve de novo.',
  },
  number_invalid: { what: 'Isso não é um ID', next: 'Os IDs são números a partir de 1.' },
  idempotency_key_reused: { what: 'Isto já foi enviado com outro conteúdo', next: 'Recarregue a página e confira.' },
  body_too_large: { what: 'Isso é grande demais', next: 'Nada foi salvo. Envie menos de cada vez.' },
  media_type_unknown: {
    what: 'O cofre não conseguiu ler o que foi enviado',
    next: 'Nada foi alterado. Tente de novo.',
  },
};
