import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressAllowed, knownAddress, readAddressRules, strangerOf } from './address.ts';
import { isRefusal } from './errors.ts';

describe('addressAllowed', () => {
  for (const [rules, inside, outside] of [
    [['10.1.2.3'], ['10.1.2.3', '::ffff:10.1.2.3', '::ffff:a01:203'], ['10.1.2.4', '::1', '::a01:203']],
    [['10.0.0.0/8'], ['10.0.0.0', '10.255.255.255', '::ffff:10.9.9.9'], ['11.0.0.0', '9.255.255.255', '2001:db8::1']],
    [
      ['10.1.2.0/24', '192.0.2.7'],
      ['10.1.2.255', '192.0.2.7'],
      ['10.1.3.0', '192.0.2.8'],
    ],
    [['10.1.2.3/32'], ['10.1.2.3'], ['10.1.2.2', '10.1.2.4']],
    [['10.1.2.3/0'], ['203.0.113.9'], ['2001:db8::1']],
    [['::ffff:10.0.0.0/104'], ['10.1.2.3'], ['11.0.0.1', '2001:db8::1']],
    [['::ffff:10.1.2.3'], ['10.1.2.3', '::ffff:10.1.2.3'], ['10.1.2.4']],
    [['::ffff:a01:203'], ['10.1.2.3'], ['10.1.2.4']],
    [['2001:db8::/32'], ['2001:db8::1', '2001:DB8:ffff::'], ['2001:db9::', '10.0.0.1']],
    [['2001:db8::1'], ['2001:db8::1', '2001:0db8:0:0::0001'], ['2001:db8::2']],
    [['2001:db8:1:2::/64'], ['2001:db8:1:2:ffff::1'], ['2001:db8:1:3::1']],
    [['::1'], ['::1'], ['127.0.0.1', '::2']],
    [['fe80::1'], ['fe80::1', 'fe80::1%eth0'], ['fe80::2']],
    // A zone says nothing of the network, and must not change how long its prefix is.
    [['fe80::%eth0/64'], ['fe80::9', 'fe80::9%eth1'], ['2001:db8::1', 'fe80:0:0:1::1', '10.0.0.1']],
    [[], ['10.0.0.1', '::1', 'unknown'], []],
    [['*'], ['10.0.0.1', '::1', 'unknown'], []],
    [['10.0.0.1', '*'], ['192.0.2.1'], []],
    [['10.0.0.0/8'], [], ['unknown', '', 'x', '10.0.0.1:443', '[::1]', '10.0.0.1, 10.0.0.2', '010.0.0.1', '10.1']],
  ] as const) {
    it(`tells who is within ${rules.join(', ') || 'no list'}`, () => {
      const read = readAddressRules(rules);
      for (const address of inside) assert.equal(addressAllowed(read, address), true, address);
      for (const address of outside) assert.equal(addressAllowed(read, address), false, address);
    });
  }
});

describe('readAddressRules', () => {
  it('trims, and drops what is empty', () => {
    assert.deepEqual(readAddressRules([' 10.0.0.1 ', '', '  ', '*', '::1/128']), ['10.0.0.1', '*', '::1/128']);
  });

  for (const text of [
    ...['x', '10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.1/33', '10.0.0.1/-1', '10.0.0.1/', '10.0.0.1/8/8', '1/1'],
    ...['10.0.0.1/255.0.0.0', '2001:db8::/129', '::g', '10.0.0.*', '**', 'localhost', '10.0.0.1-10.0.0.9', '[::1]'],
    ...['10.0.0.1/0x8', '10.0.0.1/ 8', '::ffff:10.0.0.1/129', '10.0.0.1:80'],
  ]) {
    it(`refuses ${text}`, () => {
      assert.throws(
        () => readAddressRules([text]),
        (thrown) => isRefusal(thrown, 'field_invalid'),
      );
    });
  }
});

describe('knownAddress', () => {
  it('gives one spelling of one host, and unknown for what is no address', () => {
    assert.equal(knownAddress('::ffff:10.1.2.3'), '10.1.2.3');
    assert.equal(knownAddress('::FFFF:10.1.2.3'), '10.1.2.3');
    assert.equal(knownAddress('fe80::1%eth0'), 'fe80::1');
    assert.equal(knownAddress('10.1.2.3'), '10.1.2.3');
    for (const text of [undefined, '', 'x', '10.1.2.3:80', '_hidden', '<script>'])
      assert.equal(knownAddress(text), 'unknown');
  });
});

describe('strangerOf', () => {
  it('takes an IPv6 network of 64 bits for one stranger, and each IPv4 address', () => {
    const network = '2001:db8:1:2::/64';
    for (const address of ['2001:db8:1:2::1', '2001:0DB8:1:2:3:4:5:6', '2001:db8:1:2::9%eth0']) {
      assert.equal(strangerOf(address), network);
    }
    assert.equal(strangerOf('2001:db8:1:3::1'), '2001:db8:1:3::/64');
    assert.equal(strangerOf('2001:db8::3:0:0:1'), '2001:db8:0:0::/64');
    assert.equal(strangerOf('::1'), '0:0:0:0::/64');
    assert.equal(strangerOf('10.1.2.3'), '10.1.2.3');
    assert.equal(strangerOf('::ffff:10.1.2.3'), '10.1.2.3');
    assert.notEqual(strangerOf('10.1.2.3'), strangerOf('10.1.2.4'));
  });
});
