/** What the tests need of it: it has no types of its own. */
declare module 'yazl' {
  export class ZipFile {
    outputStream: NodeJS.ReadableStream & AsyncIterable<Uint8Array>;
    addBuffer(content: Buffer, name: string): void;
    end(): void;
  }
}
