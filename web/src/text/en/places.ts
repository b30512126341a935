/** What the sidebar and the palette call the rooms, whose own words come later. */
export const places = {
  accessKeys: {
    title: 'Access keys',
    add: 'Add access key',
    report: {
      title: 'Access keys that deserve a look',
    },
  },
  audit: {
    title: 'Audit',
  },
  groups: {
    private: {
      title: 'Groups',
    },
    team: {
      title: 'User groups',
    },
  },
  admin: {
    keys: {
      title: 'Keys',
    },
    panel: {
      title: 'Panel',
    },
    proposals: {
      title: 'Proposals',
    },
    policies: {
      title: 'Policies',
    },
  },
  users: {
    title: 'Users',
  },
};
