/** What we need of it: it has no types of its own. */
declare module 'yazl' {
  export class ZipFile {
    outputStream: NodeJS.ReadableStream & AsyncIterable<Uint8Array>;
    addBuffer(content: Buffer, name: string, options?: { compress?: boolean }): void;
    end(): void;
  }
}
