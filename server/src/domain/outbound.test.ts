import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mayCallOut } from './outbound.ts';

it('calls out to public addresses, and to others only where they are listed', () => {
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1', '::ffff:8.8.8.8']) {
    assert.ok(mayCallOut(address, []), address);
  }
  for (const address of [
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', 'fe80::1%eth0', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001::1'],
  ]) {
    assert.ok(!mayCallOut(address, []), address);
    assert.ok(!mayCallOut(address, ['192.0.2.1']), address);
  }
  assert.ok(mayCallOut('10.1.2.3', ['10.1.0.0/16']));
  assert.ok(!mayCallOut('10.2.2.3', ['10.1.0.0/16']));
  assert.ok(mayCallOut('::1', ['::1']));
});
