import type { Statistics } from '@arca/sdk';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { BarChart } from '../ui/bar-chart.tsx';
import { Link } from '../ui/link.tsx';
import { Chart, QuietChart } from './chart.tsx';
import styles from './panel.module.css';

type Survey = NonNullable<Statistics['passwords']>;

const strengths = ['best', 'good', 'bad', 'poor', 'undefined', 'pending'] as const;
/** Shown only where there are some. */
const rare: readonly string[] = ['undefined', 'pending'];

/** How strong the passwords are, what they are for, and who has work to do. */
export function PasswordCharts({ survey }: { survey: Survey | null }) {
  const words = useWords();
  if (survey === null) {
    return (
      <Chart isWide>
        <QuietChart title={words('admin.panel.strength')} text={words('admin.panel.counting')} />
      </Chart>
    );
  }
  const shown = strengths.filter((strength) => !rare.includes(strength) || survey.strengths[strength] > 0);
  return (
    <>
      <Chart>
        <BarChart
          title={words('admin.panel.strength')}
          columns={[words('admin.panel.strengthColumn'), words('admin.panel.passwordsColumn')]}
          points={shown.map((strength) => ({
            label: words(`admin.panel.strengths.${strength}`),
            value: survey.strengths[strength],
          }))}
        />
      </Chart>
      <Chart>
        <Sites sites={survey.sites} />
      </Chart>
      <Chart isWide>
        <Ailing people={survey.people} />
      </Chart>
    </>
  );
}

function Sites({ sites }: Pick<Survey, 'sites'>) {
  const words = useWords();
  const title = words('admin.panel.sites');
  if (sites.length === 0) return <QuietChart title={title} text={words('admin.panel.sitesNone')} />;
  return (
    <>
      <BarChart
        title={title}
        columns={[words('admin.panel.site'), words('admin.panel.passwordsColumn')]}
        points={sites.map(({ site, passwords }) => ({ label: site, value: passwords }))}
      />
      <p className={styles.note}>{words('admin.panel.sitesText')}</p>
    </>
  );
}

function Ailing({ people }: Pick<Survey, 'people'>) {
  const words = useWords();
  const { number } = useFormats();
  const title = words('admin.panel.ailing');
  if (people.length === 0) return <QuietChart title={title} text={words('admin.panel.ailingNone')} />;
  return (
    <div className={styles.quiet}>
      <span className={styles.quietTitle}>{title}</span>
      <p>{words('admin.panel.ailingText')}</p>
      <table className={styles.people} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{words('admin.panel.person')}</th>
            <th scope="col">{words('admin.panel.weakColumn')}</th>
            <th scope="col">{words('admin.panel.reusedColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ username, weak, reused }) => (
            <tr key={username}>
              <th scope="row">
                <Link isQuiet href={`/admin/users/${username}`}>
                  {username}
                </Link>
              </th>
              <td>{number(weak)}</td>
              <td>{number(reused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
