// What a command needs to open a store in its own process.

export {
  FolderInUse,
  NoSafe,
  openSafe,
  RootKeyProblem,
  readNextRootKey,
  SchemaTooNew,
  StoreFault,
  WrongRootKey,
} from '../open-safe.ts';
export { commandLog } from './command-log.ts';
export { operate } from './operate.ts';
