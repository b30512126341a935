// The least program that does a work: a bare Fastify route with the safe's line in the log, and behind it only what the
// work cannot do without, recorded durably. It knows nobody and checks nothing. Called with the plan's file, the name of
// the work and a path for its store.

import { give, serveBareRoute } from '../bare-route.ts';
import { readPlan } from '../floor-plan.ts';
import { openLeastStore } from './store.ts';
import { leastWorks } from './works.ts';

const [planFile = '', workName = '', path = ''] = process.argv.slice(2);
const prepareWork = leastWorks[workName];
if (!prepareWork) throw new Error(`no work is called ${workName}`);
const store = openLeastStore(path);
store.database.exec('begin');
const work = prepareWork(store);
store.database.exec('commit');

await serveBareRoute(readPlan(planFile), async (request, reply, answer) =>
  give(request, reply, answer, await work(request)),
);
store.close();
