import { BarChart } from '../src/ui/bar-chart.tsx';
import { Card } from '../src/ui/card.tsx';
import { LineChart } from '../src/ui/line-chart.tsx';
import { Columns, Section } from './section.tsx';

const days = Array.from({ length: 30 }, (_, day) => ({
  label: `${day + 1} Nov`,
  value: Math.round(14 + 11 * Math.sin(day / 3.1) + ((day * 7) % 5)),
}));

export function ChartsSection() {
  return (
    <Section title="Charts">
      <Columns>
        <Card>
          <BarChart
            title="Items by type"
            columns={['Type', 'Items']}
            points={[
              { label: 'Password', value: 1284 },
              { label: 'Note', value: 311 },
              { label: 'API secret', value: 96 },
              { label: 'File', value: 42 },
            ]}
          />
        </Card>
        <Card>
          <LineChart
            title="Items made per day"
            columns={['Day', 'Items']}
            points={days}
            summary="Items made per day in November, between 4 and 29, most on 6 November"
          />
        </Card>
      </Columns>
    </Section>
  );
}
