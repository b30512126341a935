import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRefusal } from './errors.ts';
import { readRefererRules, refererAllowed } from './referer.ts';

describe('refererAllowed', () => {
  for (const [rule, inside, outside] of [
    [
      'https://app.example.com',
      [
        'https://app.example.com',
        'https://app.example.com/',
        'https://app.example.com/a/b?c#d',
        'https://APP.example.COM:443/',
      ],
      [
        'http://app.example.com/',
        'https://app.example.com:8443/',
        'https://example.com/',
        'https://app.example.com.evil.example/',
      ],
    ],
    [
      'https://app.example.com/portal',
      [
        'https://app.example.com/portal',
        'https://app.example.com/portal/',
        'https://app.example.com/portal/x',
        'https://app.example.com/portal?q=/',
      ],
      [
        'https://app.example.com/',
        'https://app.example.com/portals',
        'https://app.example.com/x/portal',
        'https://app.example.com/Portal',
      ],
    ],
    [
      'https://app.example.com/a/b/',
      [
        'https://app.example.com/a/b',
        'https://app.example.com/a/b/c',
        'https://app.example.com/a/./b',
        'https://app.example.com/x/../a/b',
      ],
      [
        'https://app.example.com/a',
        'https://app.example.com/a/bc',
        'https://app.example.com/a/b/../c',
        'https://app.example.com/a/b/%2e%2e/c',
      ],
    ],
    [
      'http://app.example.com:80/',
      ['http://app.example.com/', 'http://app.example.com:80/x'],
      ['https://app.example.com/', 'http://app.example.com:8080/'],
    ],
    ['http://10.0.0.1:3000', ['http://10.0.0.1:3000/x'], ['http://10.0.0.1/', 'http://10.0.0.1:30001/']],
    [
      'https://user@app.example.com/',
      ['https://app.example.com/', 'https://other@app.example.com/'],
      ['https://app.example.com@evil.example/'],
    ],
  ] as const) {
    it(`tells what comes from ${rule}`, () => {
      const rules = readRefererRules([rule]);
      for (const referer of inside) assert.equal(refererAllowed(rules, referer), true, referer);
      for (const referer of [...outside, null, '', 'x', '/portal', 'about:blank', 'file:///portal', 'javascript:0']) {
        assert.equal(refererAllowed(rules, referer), false, String(referer));
      }
    });
  }

  it('lets any referer, and none, through an empty list', () => {
    for (const referer of [null, '', 'x', 'https://app.example.com']) assert.equal(refererAllowed([], referer), true);
  });

  it('needs one rule of several', () => {
    const rules = readRefererRules(['https://a.example', 'https://b.example/x']);
    assert.equal(refererAllowed(rules, 'https://b.example/x/y'), true);
    assert.equal(refererAllowed(rules, 'https://b.example/'), false);
  });
});

describe('readRefererRules', () => {
  it('refuses what is no web address', () => {
    for (const text of [
      'x',
      'app.example.com',
      '*',
      '//app.example.com',
      'ftp://app.example.com',
      'https://',
      'javascript:0',
    ]) {
      assert.throws(
        () => readRefererRules([text]),
        (thrown) => isRefusal(thrown, 'field_invalid'),
        text,
      );
    }
  });

  it('trims, and drops what is empty', () => {
    assert.deepEqual(readRefererRules([' https://a.example ', ' ']), ['https://a.example']);
  });
});
