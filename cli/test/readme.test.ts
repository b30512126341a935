import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';

const root = resolve(import.meta.dirname, '../..');

/** The README's first screen promises a conversation that works when pasted: it is pasted here, into a plain `sh`. */
describe('the README’s conversation', () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'arca-readme-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn(process.execPath, ['cli/src/arca.ts', 'serve'], {
      cwd: root,
      env: { ...environment(folder), ARCA_PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    for await (const line of createInterface({ input: server.stderr as NodeJS.ReadableStream })) {
      if (line.includes(url)) break;
    }
  });

  after(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers each line as the wire says, and the audit verifies', async () => {
    const [commands = '', conversation = ''] = shellBlocks(readFileSync(join(root, 'README.md'), 'utf8'));
    assert.match(commands, /^npm start .*\nnpm test /);
    const shown = await paste(conversation.replace('http://127.0.0.1:7717', url), environment(folder));
    const said = [...shown.matchAll(/"response":\{"status":(\d+),"message":"([^"]*)"/g)].map(([, ...one]) =>
      one.join(' '),
    );
    assert.deepEqual(said, [
      '201 Password successfully registered',
      '200 ',
      '200 Success',
      '200 Password successfully updated',
      '200 Password successfully deactivated',
      '200 Password has already been deactivated',
      '200 Password successfully activated',
    ]);
    assert.match(shown, /"password":"not-a-real-one","secret_key":"JBSWY3DPEHPK3PXP","token":"\d{6}"/);
    assert.match(shown, /"users_allowed":\[\{"username":"bruno","can_edit":true\}\]/);
    assert.match(shown, /item\.enabled/);
  });
});

function shellBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');
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
