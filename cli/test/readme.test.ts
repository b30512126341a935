import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type PastingGround, shellBlocks, startPastingGround } from './pasting.ts';

/** The README's first screen promises a conversation that works when pasted: it is pasted here, into a plain `sh`. */
describe('the README’s conversation', () => {
  let ground: PastingGround;
  before(async () => {
    ground = await startPastingGround();
  });
  after(() => ground.close());

  it('answers each line as the wire says, and the audit verifies', async () => {
    const [commands = '', conversation = ''] = shellBlocks('README.md');
    assert.match(commands, /^npm start .*\nnpm test /);
    const shown = await ground.paste(conversation);
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
