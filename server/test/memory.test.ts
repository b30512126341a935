import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './audit/stream/receivers.ts';
import { bareSettings } from './bare-settings.ts';
import { startChildServer } from './child-server.ts';
import { tellingOfPackages } from './loaded-packages.ts';

/** By the flag that such a collection alone has. */
const tellingOfCollections = `
  import { constants, PerformanceObserver } from 'node:perf_hooks';
  import { writeSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries())
      if (detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE) writeSync(1, 'everything was collected\\n');
  }).observe({ entryTypes: ['gc'] });`;

describe('a safe that was started', () => {
  it('gives back what the start alone needed, once nobody is connected', async () => {
    const bare = await bareSettings('sqlite');
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(tellingOfCollections)}`;
    const child = await startChildServer({ ...bare.environment, NODE_OPTIONS });
    try {
      const { port, hostname } = new URL(child.url);
      const busy = connect(Number(port), hostname);
      await once(busy, 'connect');
      // Longer than it waits where nobody is there.
      await sleep(3000);
      const collections = () => child.log().match(/^everything was collected$/gm)?.length ?? 0;
      assert.equal(collections(), 0);
      busy.destroy();
      await eventually('a collection of everything', () => collections() > 0);
      // One that was asked for may be several, told one after the other.
      await sleep(500);
      const done = collections();
      await sleep(2500);
      assert.equal(collections(), done, 'it is done once');
      assert.equal((await fetch(`${child.url}/readyz`)).status, 200);
    } finally {
      await child.stop();
      await bare.remove();
    }
  });

  it('has not loaded what backups and the other store need', async () => {
    const bare = await bareSettings('sqlite');
    const child = await startChildServer({ ...bare.environment, NODE_OPTIONS: tellingOfPackages });
    try {
      assert.equal((await fetch(`${child.url}/readyz`)).status, 200);
      assert.match(child.log(), /^loads fastify$/m);
      assert.doesNotMatch(child.log(), /^loads (age-encryption|pg|@prometheus-io\/client|kdbxweb|yauzl)$/m);
    } finally {
      await child.stop();
      await bare.remove();
    }
  });
});
