import { Type } from 'typebox';
import { allowDeviceSignIn, denyDeviceSignIn } from '../../actions/device-sign-ins/decide.ts';
import { readDeviceSignIn } from '../../actions/device-sign-ins/read.ts';
import { type ApiParts, type Operation, operation } from './operation.ts';
import { strict, time } from './schemas.ts';

const access = 'session';
// In the body, not in the path: paths are kept in more places than codes should be.
const userCode = Type.String({ minLength: 1, maxLength: 40, description: 'Case, spaces and hyphens are free.' });
const body = Type.Object({ userCode }, { $id: 'UserCode', ...strict });
const changed = Type.Object({ changed: Type.Boolean() }, strict);
const example = { userCode: 'WDJB-MJHT' };

export function deviceSignInOperations({ throttle }: ApiParts): Operation[] {
  return [
    operation({
      id: 'deviceSignIns.read',
      method: 'POST',
      path: '/device-sign-ins/read',
      access,
      summary: 'Look at a device that asks to be let in',
      description:
        'By the code that it shows. What it calls itself, anyone may have chosen. Wrong codes are counted, and then wait.',
      body,
      status: 200,
      answer: Type.Object(
        {
          device: Type.String({ description: 'What it calls itself.' }),
          address: Type.String({ description: 'From where it asked.' }),
          days: Type.Integer({ description: 'How long the access key is to work that it asks for.' }),
          readOnly: Type.Boolean({ description: 'Whether that one is to read only.' }),
          createdAt: time(),
          endsAt: time(),
        },
        { $id: 'DeviceSignIn', ...strict },
      ),
      refusals: ['device_sign_in_not_found'],
      examples: {
        body: example,
        answer: {
          device: 'arca on builder-3',
          address: '192.0.2.7',
          days: 30,
          readOnly: false,
          createdAt: '2026-11-29T09:30:00.000Z',
          endsAt: '2026-11-29T09:40:00.000Z',
        },
      },
      async run({ ctx, body: sent }) {
        const { wish, createdAt, endsAt } = await readDeviceSignIn(ctx, sent.userCode, throttle.userCodes);
        return { body: { ...wish, createdAt, endsAt } };
      },
    }),
    operation({
      id: 'deviceSignIns.allow',
      method: 'POST',
      path: '/device-sign-ins/allow',
      access,
      summary: 'Let a device in',
      description:
        "It gets an access key that acts as you, once it asks. Needs a fresh proof, and the policy's leave to make keys.",
      body,
      status: 200,
      answer: changed,
      refusals: ['device_sign_in_not_found', 'proof_required', 'keys_not_allowed'],
      repeatable: true,
      examples: { body: example, answer: { changed: true } },
      run: async ({ ctx, body: sent }) => ({ body: await allowDeviceSignIn(ctx, sent.userCode, throttle.userCodes) }),
    }),
    operation({
      id: 'deviceSignIns.deny',
      method: 'POST',
      path: '/device-sign-ins/deny',
      access,
      summary: 'Refuse a device',
      description: 'It hears so when it asks next, and gets nothing.',
      body,
      status: 200,
      answer: changed,
      refusals: ['device_sign_in_not_found'],
      repeatable: true,
      examples: { body: example, answer: { changed: true } },
      run: async ({ ctx, body: sent }) => ({ body: await denyDeviceSignIn(ctx, sent.userCode, throttle.userCodes) }),
    }),
  ];
}
