import { CircleOff, KeyRound } from 'lucide-react';
import { Avatar } from '../src/ui/avatar.tsx';
import { Badge } from '../src/ui/badge.tsx';
import { Banner } from '../src/ui/banner.tsx';
import { Button } from '../src/ui/button.tsx';
import { Card } from '../src/ui/card.tsx';
import { EmptyState } from '../src/ui/empty-state.tsx';
import { Link } from '../src/ui/link.tsx';
import { OfflineBanner } from '../src/ui/offline-banner.tsx';
import { Progress } from '../src/ui/progress.tsx';
import { SkeletonPage } from '../src/ui/skeleton.tsx';
import { Columns, Row, Section } from './section.tsx';

export function StatesSection() {
  return (
    <Section title="States">
      <Row>
        <Badge>Owner</Badge>
        <Badge tone="accent">Can edit</Badge>
        <Badge tone="success">Enabled</Badge>
        <Badge tone="warning">Ends in 2 days</Badge>
        <Badge tone="danger" icon={CircleOff}>
          Disabled
        </Badge>
        <Avatar name="Ana Souza" size="small" />
        <Avatar name="Bruno Lima" />
        <Avatar name="Finance" isThing />
        <Avatar name="Carla de Nunes" size="large" />
      </Row>
      <Columns>
        <Banner text="Reads of this item are approved by two people." />
        <Banner tone="success" title="Saved" text="Everybody with access sees the new version." />
        <Banner
          tone="warning"
          title="This password is used in 3 items"
          text="Change it where it matters first."
          action={<Link href="#states">Show them</Link>}
        />
        <Banner
          tone="danger"
          title="Nothing was saved"
          text="The safe did not answer. Your text is kept here."
          action={<Button isSmall>Try again</Button>}
        />
      </Columns>
      <OfflineBanner isOffline />
      <Columns>
        <Card title="Import">
          <Progress label="Importing passwords" done={1240} total={5000} rate={214} />
        </Card>
        <Card title="Export">
          <Progress label="Counting" done={312} />
        </Card>
        <Card title="A card with an action" actions={<Button isSmall>Edit</Button>}>
          <p>Generous where one reads one thing.</p>
        </Card>
      </Columns>
      <Columns>
        <Card isFlush>
          <EmptyState
            icon={KeyRound}
            title="Save your first password"
            text="It is encrypted before it is stored, and only you can read it until you share it."
            action={<Button variant="primary">New password</Button>}
          />
        </Card>
        <Card isFlush>
          <SkeletonPage />
        </Card>
      </Columns>
    </Section>
  );
}
