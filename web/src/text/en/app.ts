export const app = {
  name: 'Arca',
  preferences: 'Preferences',
  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },
  language: { label: 'Language' },
  administration: 'Administration',
  notFound: {
    title: 'There is nothing here',
    text: 'The address may be mistyped, or what was here is not shared with you.',
    home: 'Go to the start',
  },
};
