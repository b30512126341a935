/** How an item is called by its kind and number alone. */
export const itemNames = {
  password: 'Password {{number}}',
  note: 'Note {{number}}',
  'api-secret': 'API secret {{number}}',
  file: 'File {{number}}',
};
