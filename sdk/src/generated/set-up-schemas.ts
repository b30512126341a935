// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type FirstAdministrator = {
  /** Lower case. */
  username: string;
};

export type SetUpState = { done: boolean };
