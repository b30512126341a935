import { useState } from 'react';
import { Card } from '../src/ui/card.tsx';
import { OneTimeCode } from '../src/ui/one-time-code.tsx';
import { QrCode } from '../src/ui/qr-code.tsx';
import { SecretField } from '../src/ui/secret-field.tsx';
import { type Strength, StrengthMeter } from '../src/ui/strength-meter.tsx';
import { Columns, Row, Section } from './section.tsx';

const strengths: Strength[] = ['undefined', 'poor', 'bad', 'good', 'best'];

export function SecretsSection() {
  const [until] = useState(() => Date.now() + 24_000);
  return (
    <Section title="Secrets">
      <Card isFlush>
        <SecretField label="Password" reveal={async () => 'Jq7!vM2#xZ0Ol1I-9tRw'} />
        <SecretField label="Client secret" reveal={async () => 'sk_live_51Hc8Pj0aQ2ZxN'} />
        <SecretField
          label="Broken"
          reveal={async () => {
            throw new Error('no answer');
          }}
        />
      </Card>
      <Columns>
        <Card title="One-time code">
          <OneTimeCode label="One-time code" code="482915" until={until} period={30} />
        </Card>
        <Card title="Strength">
          {strengths.map((strength) => (
            <StrengthMeter
              key={strength}
              strength={strength}
              advice={strength === 'poor' ? 'This is one of the most used passwords.' : undefined}
            />
          ))}
          <Row>
            <StrengthMeter isSmall strength="good" />
          </Row>
        </Card>
        <Card title="QR code">
          <QrCode text="otpauth://totp/Arca:ana?secret=JBSWY3DPEHPK3PXP&issuer=Arca" label="QR code for your app" />
        </Card>
      </Columns>
    </Section>
  );
}
