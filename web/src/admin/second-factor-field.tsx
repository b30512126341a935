import { useQuery } from '@tanstack/react-query';
import { type Control, Controller } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Link } from '../ui/link.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import styles from './admin.module.css';
import type { PolicyValues } from './policy-values.ts';

type SecondFactorFieldProps = {
  control: Control<PolicyValues>;
  wanted: PolicyValues['secondFactor'];
  /** It would ask the administrator who sets it, and he has none: the safe refuses that. */
  asksMeAnew: boolean;
};

/** From whom a second factor is asked, and what that will do. */
export function SecondFactorField({ control, wanted, asksMeAnew }: SecondFactorFieldProps) {
  const words = useWords();
  return (
    <div className={styles.fields}>
      <Controller
        control={control}
        name="secondFactor"
        render={({ field }) => (
          <RadioGroup
            label={words('admin.policies.secondFactor.label')}
            value={field.value}
            onChange={field.onChange}
            onBlur={field.onBlur}
            options={(['optional', 'admins', 'everyone'] as const).map((id) => ({
              id,
              label: words(`admin.policies.secondFactor.${id}`),
              note: words(`admin.policies.secondFactor.${id}Note`),
            }))}
          />
        )}
      />
      {asksMeAnew && (
        <Banner
          tone="warning"
          title={words('admin.policies.secondFactor.youFirst')}
          text={words('admin.policies.secondFactor.youFirstText')}
          action={<Link href="/profile">{words('admin.policies.secondFactor.toProfile')}</Link>}
        />
      )}
      {wanted !== 'optional' && !asksMeAnew && <Consequence of={wanted} />}
    </div>
  );
}

const most = 200;

/** How many it would stop until they have set one up. */
function Consequence({ of }: { of: 'admins' | 'everyone' }) {
  const words = useWords();
  const formats = useFormats();
  const search = { limit: most, ...(of === 'admins' ? { role: 'admin' as const } : {}) };
  const { data } = useQuery({
    queryKey: keyOf('users', 'list', search),
    queryFn: ({ signal }) => arca.users.list(search, { signal }),
  });
  const without = data?.users.filter(({ secondFactor }) => secondFactor === false).length;
  const counted =
    without === undefined
      ? ''
      : words(data?.next === null ? 'admin.policies.secondFactor.without' : 'admin.policies.secondFactor.atLeast', {
          count: without,
          formatted: formats.number(without),
        });
  return (
    <Banner
      tone={without === 0 ? 'neutral' : 'warning'}
      title={counted === '' ? undefined : counted}
      text={words('admin.policies.secondFactor.effect')}
    />
  );
}
