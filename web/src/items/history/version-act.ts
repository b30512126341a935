/** What can be done with an earlier version. */
export type VersionAct = 'view' | 'compare' | 'restore';
