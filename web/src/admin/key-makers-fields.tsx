import { type Control, Controller } from 'react-hook-form';
import { useWords } from '../text/use-words.ts';
import { RadioGroup } from '../ui/radio-group.tsx';
import { findUserGroups, findUsers } from '../users/find-users.ts';
import { NamesField } from '../users/names-field.tsx';
import styles from './admin.module.css';
import type { PolicyValues } from './policy-values.ts';

/** Who may make access keys. */
export function KeyMakersFields({ control, isChosen }: { control: Control<PolicyValues>; isChosen: boolean }) {
  const words = useWords();
  return (
    <div className={styles.fields}>
      <Controller
        control={control}
        name="makers"
        render={({ field }) => (
          <RadioGroup
            label={words('admin.policies.makers.label')}
            value={field.value}
            onChange={field.onChange}
            onBlur={field.onBlur}
            options={[
              { id: 'everyone', label: words('admin.policies.makers.everyone') },
              {
                id: 'chosen',
                label: words('admin.policies.makers.chosen'),
                note: words('admin.policies.makers.chosenNote'),
              },
            ]}
          />
        )}
      />
      {isChosen && (
        <div className={styles.inner}>
          <Controller
            control={control}
            name="users"
            render={({ field }) => (
              <NamesField
                label={words('admin.policies.makers.users')}
                placeholder={words('admin.policies.makers.usersPlaceholder')}
                find={findUsers}
                value={field.value}
                onChange={field.onChange}
                isOptional
              />
            )}
          />
          <Controller
            control={control}
            name="groups"
            render={({ field }) => (
              <NamesField
                label={words('admin.policies.makers.groups')}
                placeholder={words('admin.policies.makers.groupsPlaceholder')}
                find={findUserGroups}
                value={field.value}
                onChange={field.onChange}
                isThing
                isOptional
              />
            )}
          />
        </div>
      )}
    </div>
  );
}
