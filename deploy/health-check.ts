// Asks the safe of this container, over loopback, whether it is alive: exit code 0 or 1. What it answers, /healthz tells.

import { get as getPlain } from 'node:http';
import { get as getByTls } from 'node:https';

const { ARCA_PORT: port = '7717', ARCA_TLS_CERT: certificate } = process.env;
const options = { host: '127.0.0.1', port, path: '/healthz', timeout: 4000 };
// Its certificate is for its public name; nothing is sent and nothing believed but that it answers.
const request = certificate ? getByTls({ ...options, rejectUnauthorized: false }) : getPlain(options);
request.on('timeout', () => request.destroy());
request.on('error', () => process.exit(1));
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
