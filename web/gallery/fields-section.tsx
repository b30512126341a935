import { CalendarDateTime } from '@internationalized/date';
import { Globe, Search } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from '../src/ui/checkbox.tsx';
import { Combobox } from '../src/ui/combobox.tsx';
import { DateTimeField, type Moment } from '../src/ui/date-time-field.tsx';
import { NumberField } from '../src/ui/number-field.tsx';
import { PasswordField } from '../src/ui/password-field.tsx';
import { RadioGroup } from '../src/ui/radio-group.tsx';
import { Select } from '../src/ui/select.tsx';
import { Slider } from '../src/ui/slider.tsx';
import { Switch } from '../src/ui/switch.tsx';
import { TagField } from '../src/ui/tag-field.tsx';
import { TextArea } from '../src/ui/text-area.tsx';
import { TextField } from '../src/ui/text-field.tsx';
import { Columns, Section } from './section.tsx';

const people = ['Ana Souza', 'Bruno Lima', 'Carla Nunes', 'Davi Rocha', 'Elisa Prado', 'Fábio Reis'].map((label) => ({
  id: label,
  label,
  note: `${label.split(' ')[0]?.toLowerCase()}@example.com`,
}));

async function findPeople(typed: string) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return people.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
}

export function FieldsSection() {
  const [kind, setKind] = useState<'password' | 'note' | 'api-secret' | null>(null);
  const [person, setPerson] = useState<string | null>(null);
  const [owner, setOwner] = useState<string | null>('Ana Souza');
  const [tags, setTags] = useState(['finance', 'bank']);
  const [length, setLength] = useState(20);
  const [until, setUntil] = useState<Moment | null>(new CalendarDateTime(2026, 12, 3, 18, 0));
  const [role, setRole] = useState<'viewer' | 'editor' | null>('viewer');
  return (
    <Section title="Fields">
      <Columns>
        <TextField label="Name" placeholder="Bank of Brasília" help="How you will find it again." />
        <TextField label="URL" icon={Globe} defaultValue="https://bank.example" isOptional />
        <TextField label="Username" error="Enter the username, or mark this field as empty." defaultValue="" />
        <TextField label="Number" defaultValue="312" isDisabled isMono />
        <TextField label="Find" icon={Search} placeholder="Name, username or URL" isOptional />
        <PasswordField label="Password" autoComplete="new-password" defaultValue="tr0ub4dor&3" />
        <NumberField label="Length" defaultValue={20} minValue={8} maxValue={128} />
        <Select
          label="Kind"
          value={kind}
          onChange={setKind}
          options={[
            { id: 'password', label: 'Password' },
            { id: 'note', label: 'Note' },
            { id: 'api-secret', label: 'API secret' },
          ]}
        />
        <Combobox label="Share with" value={person} onChange={setPerson} options={findPeople} placeholder="A person" />
        <Combobox label="Owner" value={owner} onChange={setOwner} options={people} />
        <TagField label="Tags" value={tags} onChange={setTags} isOptional />
        <DateTimeField label="Until" value={until} onChange={setUntil} help="Access ends then by itself." isOptional />
        <TextArea label="Notes" defaultValue="Call the branch before 16 h." isOptional />
        <Slider label="Length" value={length} onChange={setLength} minValue={8} maxValue={64} />
        <div>
          <Switch defaultSelected help="People see that there is a password, not what it is.">
            Show in search
          </Switch>
          <Switch>Notify me</Switch>
          <Switch isDisabled>Managed by policy</Switch>
        </div>
        <div style={{ display: 'grid', gap: '0.75rem' }}>
          <Checkbox defaultSelected>Digits</Checkbox>
          <Checkbox>Symbols</Checkbox>
          <Checkbox isIndeterminate>All groups</Checkbox>
          <Checkbox isDisabled>Not allowed here</Checkbox>
        </div>
        <RadioGroup
          label="What they can do"
          value={role}
          onChange={setRole}
          options={[
            { id: 'viewer', label: 'Can view', note: 'Reads and copies. Every read is recorded.' },
            { id: 'editor', label: 'Can edit', note: 'Also updates, shares, enables and disables.' },
          ]}
        />
      </Columns>
    </Section>
  );
}
