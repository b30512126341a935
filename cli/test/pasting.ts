import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');

/** A safe that runs as `npm start` runs it, on an empty folder, and a shell to paste a page's lines into. */
export type PastingGround = {
  /** Pastes lines into a plain `sh`, at this safe in place of the usual address, and gives what they print. */
  paste(script: string): Promise<string>;
  close(): Promise<void>;
};

export async function startPastingGround(): Promise<PastingGround> {
  const folder = mkdtempSync(join(tmpdir(), 'arca-pasted-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server: ChildProcess = spawn(process.execPath, ['cli/dist/arca.js', 'serve'], {
    cwd: root,
    env: { ...environment(folder), ARCA_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: server.stderr as NodeJS.ReadableStream })) {
    if (line.includes(url)) break;
  }
  return {
    paste: (script) => paste(script.replaceAll('http://127.0.0.1:7717', url), environment(folder)),
    async close() {
      server.kill('SIGTERM');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The blocks of shell lines of a page of ours, by its path from the root. */
export function shellBlocks(page: string): string[] {
  return [...readFileSync(join(root, page), 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');
}

/** Only what a stranger's shell would have, and where this safe is. */
function environment(data: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ARCA_DATA_DIR: data };
}

async function paste(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  const shell = spawn('sh', ['-e'], { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  shell.stdout.on('data', (chunk) => {
    out += chunk;
  });
  shell.stderr.on('data', (chunk) => {
    err += chunk;
  });
  shell.stdin.end(script);
  const [code] = await once(shell, 'exit');
  assert.equal(code, 0, err);
  return out;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}
