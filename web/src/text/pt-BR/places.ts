/** Como a barra lateral e a busca chamam as áreas, cujas palavras vêm depois. */
export const places = {
  accessKeys: {
    title: 'Chaves de acesso',
    add: 'Adicionar chave de acesso',
    report: {
      title: 'Chaves de acesso que pedem atenção',
    },
  },
  audit: {
    title: 'Auditoria',
  },
  groups: {
    private: {
      title: 'Grupos',
    },
    team: {
      title: 'Grupos de usuários',
    },
  },
  admin: {
    keys: {
      title: 'Chaves do cofre',
    },
    panel: {
      title: 'Painel',
    },
    proposals: {
      title: 'Propostas',
    },
    policies: {
      title: 'Políticas',
    },
  },
  users: {
    title: 'Usuários',
  },
};
