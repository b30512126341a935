import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';

type Role = 'admin' | 'member';

type RoleFieldProps = {
  value: Role;
  onChange: (value: Role) => void;
  onBlur: () => void;
  /** Another administrator must confirm the role that is chosen now. */
  takesTwo: boolean;
};

export function RoleField({ takesTwo, ...rest }: RoleFieldProps) {
  const words = useWords();
  return (
    <>
      <RadioGroup
        {...rest}
        label={words('users.fields.role')}
        options={(['member', 'admin'] as const).map((id) => ({
          id,
          label: words(`users.role.${id}`),
          note: words(`users.roleNote.${id}`),
        }))}
      />
      {takesTwo && <Banner tone="warning" text={words('users.help.makeAdmin')} />}
    </>
  );
}
