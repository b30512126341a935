import { Type } from 'typebox';
import { beginSecondFactor } from '../../actions/profile/begin-second-factor.ts';
import { confirmSecondFactor } from '../../actions/profile/confirm-second-factor.ts';
import { removeSecondFactor } from '../../actions/profile/remove-second-factor.ts';
import { renewRecoveryCodes } from '../../actions/profile/renew-recovery-codes.ts';
import { type ApiParts, type Operation, operation } from './operation.ts';
import { endedSessions } from './profile.ts';
import { strict } from './schemas.ts';
import { secondStep } from './session.ts';

// None of these is repeatable: their answers hold secrets, which are kept nowhere to be given again.

const recoveryCodes = Type.Array(Type.String(), { description: 'Shown this once: keep them where the codes are not.' });
const exampleCodes = ['k3mp-9xwr-tq2n-h7ds-4vbe-zc8y', 'w8rt-4hkz-n2ye-c5vb-7mqa-d3xp'];

const begin = operation({
  id: 'profile.beginSecondFactor',
  method: 'POST',
  path: '/profile/second-factor',
  access: 'session',
  summary: 'Begin to enrol a second factor',
  description:
    'Asks for a fresh proof. The seed counts for nothing until a first code confirms it; beginning again makes another one.',
  status: 201,
  answer: Type.Object(
    {
      seed: Type.String({ description: 'Base32, to be typed into an authenticator.' }),
      uri: Type.String({ description: 'The same as an `otpauth://totp/` URI, for a QR code.' }),
    },
    { $id: 'SecondFactorSeed', ...strict },
  ),
  refusals: ['proof_required', 'second_factor_enrolled'],
  examples: {
    answer: {
      seed: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Arca%3Aana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30&issuer=Arca',
    },
  },
  async run({ ctx }) {
    return { body: await beginSecondFactor(ctx) };
  },
});

const confirm = operation({
  id: 'profile.confirmSecondFactor',
  method: 'POST',
  path: '/profile/second-factor/confirm',
  access: 'session',
  summary: 'Confirm the second factor by a first code',
  description: 'Asks for a fresh proof. From now on signing in asks for a code. All your other sessions end.',
  body: Type.Object({ code: Type.String({ maxLength: 20 }) }, strict),
  status: 200,
  answer: Type.Object({ recoveryCodes, endedSessions }, { $id: 'SecondFactorConfirmed', ...strict }),
  refusals: [
    'proof_required',
    'second_factor_absent',
    'second_factor_enrolled',
    'second_factor_wrong',
    'field_invalid',
  ],
  examples: { body: { code: '492039' }, answer: { recoveryCodes: exampleCodes, endedSessions: 0 } },
  async run({ ctx, body }) {
    return { body: await confirmSecondFactor(ctx, body.code) };
  },
});

const remove = ({ throttle }: ApiParts) =>
  operation({
    id: 'profile.removeSecondFactor',
    method: 'DELETE',
    path: '/profile/second-factor',
    access: 'session',
    summary: 'Remove the second factor',
    description:
      'Asks for a fresh proof, and for a last code or recovery code. Its recovery codes end with it, and all your other sessions.',
    body: Type.Object(secondStep, strict),
    status: 200,
    answer: Type.Object({ endedSessions }, { $id: 'SecondFactorRemoved', ...strict }),
    refusals: [
      'proof_required',
      'second_factor_absent',
      'second_factor_needed',
      'second_factor_required',
      'second_factor_wrong',
      'field_invalid',
    ],
    examples: { body: { code: '492039' }, answer: { endedSessions: 0 } },
    async run({ ctx, body: { code = null, recoveryCode = null } }) {
      return { body: await removeSecondFactor(ctx, { code, recoveryCode }, throttle.tries) };
    },
  });

const renew = operation({
  id: 'profile.renewRecoveryCodes',
  method: 'POST',
  path: '/profile/recovery-codes',
  access: 'session',
  summary: 'Make new recovery codes',
  description: 'Asks for a fresh proof. Those from before no longer count.',
  status: 201,
  answer: Type.Object({ recoveryCodes }, { $id: 'RecoveryCodes', ...strict }),
  refusals: ['proof_required', 'second_factor_absent'],
  examples: { answer: { recoveryCodes: exampleCodes } },
  async run({ ctx }) {
    return { body: await renewRecoveryCodes(ctx) };
  },
});

export function secondFactorOperations(parts: ApiParts): Operation[] {
  return [begin, confirm, remove(parts), renew];
}
