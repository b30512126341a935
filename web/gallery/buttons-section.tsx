import { Copy, Ellipsis, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Breadcrumbs } from '../src/ui/breadcrumbs.tsx';
import { Button, IconButton } from '../src/ui/button.tsx';
import { Keys } from '../src/ui/keys.tsx';
import { Link } from '../src/ui/link.tsx';
import { Mark } from '../src/ui/mark.tsx';
import { SegmentedControl } from '../src/ui/segmented-control.tsx';
import { Tabs } from '../src/ui/tabs.tsx';
import { Row, Section } from './section.tsx';

export function ButtonsSection() {
  const [view, setView] = useState<'day' | 'week' | 'month'>('week');
  const [tab, setTab] = useState<'details' | 'history' | 'access'>('details');
  return (
    <Section title="Buttons and ways">
      <Row>
        <Button variant="primary" icon={Plus}>
          New password
        </Button>
        <Button>Share</Button>
        <Button variant="quiet">Cancel</Button>
        <Button variant="danger" icon={Trash2}>
          Disable 2 passwords
        </Button>
        <Button variant="primary" isBusy>
          Save
        </Button>
        <Button isBusy>Import</Button>
        <Button variant="primary" isDisabled>
          Save
        </Button>
        <Button isDisabled>Share</Button>
      </Row>
      <Row>
        <Button isSmall icon={Copy}>
          Copy
        </Button>
        <Button isSmall variant="primary">
          Approve
        </Button>
        <Button isSmall variant="quiet">
          Later
        </Button>
        <IconButton icon={Copy} label="Copy username" keys={['U']} />
        <IconButton isSmall icon={Ellipsis} label="More" />
        <IconButton variant="secondary" icon={Plus} label="Add" />
        <IconButton isDisabled icon={Trash2} label="Disable" />
        <Link href="#buttons-and-ways">A link in a text</Link>
        <Keys keys={['Mod', 'K']} />
        <Keys keys={['J']} />
        <Mark size={32} />
      </Row>
      <Row>
        <SegmentedControl
          label="Period"
          value={view}
          onChange={setView}
          options={[
            { id: 'day', label: 'Day' },
            { id: 'week', label: 'Week' },
            { id: 'month', label: 'Month' },
          ]}
        />
        <Breadcrumbs
          steps={[
            { label: 'Passwords', href: '#passwords' },
            { label: 'Finance', href: '#finance' },
            { label: 'Bank of Brasília' },
          ]}
        />
      </Row>
      <Tabs
        label="Item"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'details', label: 'Details', content: <p>What it is, in one glance.</p> },
          { id: 'history', label: 'History', count: 12, content: <p>Ana changed the password, 2 days ago.</p> },
          { id: 'access', label: 'Who has access', count: 4, content: <p>You and the group Finance.</p> },
        ]}
      />
    </Section>
  );
}
