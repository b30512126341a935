import type { AccessKey } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { isAddress } from '../../api/address-rules.ts';
import { arca } from '../../api/arca.ts';
import { readItem } from '../../api/item-name.ts';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useFindItems } from '../../api/use-find-items.ts';
import { useFormProblems } from '../../api/use-form-problems.ts';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Form, useField } from '../../ui/form.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { readFingerprint } from '../fingerprint.ts';
import { type AskedAct, acts, needsItem, type Question } from './simulation.ts';
import { SimulatorAnswer, useVerdict } from './simulator-answer.tsx';
import styles from './simulator-card.module.css';

const fieldName = 'act';

type Values = {
  act: AskedAct;
  item: string | null;
  address: string;
  fingerprint: string;
  referer: string;
  isJustified: boolean;
};

/** Would a call with this key work? It is asked of the very rules that a call meets; nothing is done or recorded. */
export function SimulatorCard({ accessKey }: { accessKey: AccessKey }) {
  const words = useWords();
  const { id, fingerprint, referers } = accessKey;
  const form = useForm<Values>({
    defaultValues: { act: 'reveal', item: null, address: '', fingerprint: '', referer: '', isJustified: false },
  });
  const { control } = form;
  const verdict = useVerdict();
  const ask = useMutation({
    mutationFn: (values: Values) => arca.accessKeys.simulate({ id, ...questionOf(values) }),
    onSuccess: (answer) => announce(verdict(answer)),
  });
  const ofWhole = useFormProblems(form, ask.error);
  const asked = useWatch({ control, name: fieldName });
  return (
    <Card title={words('accessKeys.simulator.title')}>
      <div className={styles.content}>
        <p className={styles.lead}>{words('accessKeys.simulator.lead')}</p>
        <Form
          onSubmit={form.handleSubmit((values) => ask.mutate(values))}
          errors={form.formState.errors}
          problem={<ProblemBanner error={ofWhole} />}
        >
          <div className={styles.fields}>
            <ActField control={control} />
            {needsItem(asked) && <ItemField control={control} />}
            <AddressField control={control} />
            {fingerprint !== null && <FingerprintField control={control} />}
            {referers.length > 0 && <RefererField control={control} />}
          </div>
          {(asked === 'reveal' || asked === 'reveal-version') && <ReasonBox control={control} />}
          <div>
            <Button type="submit" isBusy={ask.isPending}>
              {words('accessKeys.simulator.act')}
            </Button>
          </div>
        </Form>
        {ask.data !== undefined && (
          <SimulatorAnswer accessKey={accessKey} simulation={ask.data} item={ask.variables?.item ?? null} />
        )}
      </div>
    </Card>
  );
}

function questionOf({ act, item, address, fingerprint, referer, isJustified }: Values): Omit<Question, 'id'> {
  const named = needsItem(act) ? readItem(item ?? '') : null;
  return {
    ...(act === 'token' ? {} : { action: act }),
    ...(named === null ? {} : { item: named }),
    ...(address.trim() === '' ? {} : { address: address.trim() }),
    ...(fingerprint.trim() === '' ? {} : { fingerprint: readFingerprint(fingerprint) ?? fingerprint }),
    ...(referer.trim() === '' ? {} : { referer: referer.trim() }),
    withJustification: isJustified,
  };
}

type FieldProps = { control: ReturnType<typeof useForm<Values>>['control'] };

function ActField({ control }: FieldProps) {
  const words = useWords();
  const { inputRef: _, ...field } = useField(control, 'act');
  return (
    <Select
      {...field}
      label={words('accessKeys.simulator.what')}
      options={acts.map((id) => ({ id, label: words(`accessKeys.simulator.acts.${id}`) }))}
    />
  );
}

function ItemField({ control }: FieldProps) {
  const words = useWords();
  const find = useFindItems();
  const field = useField(control, 'item', { required: words('accessKeys.simulator.itemMissing') });
  return <Combobox {...field} label={words('accessKeys.simulator.item')} options={find} />;
}

function AddressField({ control }: FieldProps) {
  const words = useWords();
  const field = useField(control, 'address', {
    validate: (text) => text.trim() === '' || isAddress(text.trim()) || words('accessKeys.simulator.addressWrong'),
  });
  return (
    <TextField
      {...field}
      isOptional
      isMono
      label={words('accessKeys.simulator.address')}
      help={words('accessKeys.simulator.addressHelp')}
      autoComplete="off"
    />
  );
}

function FingerprintField({ control }: FieldProps) {
  const words = useWords();
  const field = useField(control, 'fingerprint', {
    validate: (text) =>
      text.trim() === '' || readFingerprint(text) !== null || words('accessKeys.fields.fingerprintWrong'),
  });
  return (
    <TextField
      {...field}
      isOptional
      isMono
      label={words('accessKeys.simulator.fingerprint')}
      help={words('accessKeys.simulator.fingerprintHelp')}
      autoComplete="off"
    />
  );
}

function RefererField({ control }: FieldProps) {
  const words = useWords();
  return (
    <TextField
      {...useField(control, 'referer')}
      isOptional
      isMono
      label={words('accessKeys.simulator.referer')}
      help={words('accessKeys.simulator.refererHelp')}
      autoComplete="off"
    />
  );
}

function ReasonBox({ control }: FieldProps) {
  const words = useWords();
  const { value, onChange, onBlur, name } = useField(control, 'isJustified');
  return (
    <Checkbox name={name} isSelected={value} onChange={onChange} onBlur={onBlur}>
      {words('accessKeys.simulator.justified')}
    </Checkbox>
  );
}
