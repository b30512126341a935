// Apart from the imports themselves, with which every command would load the store.
export { importFormats } from '../domain/import.ts';
