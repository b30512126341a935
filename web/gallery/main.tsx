import '../src/ui/tokens.css';
import '../src/ui/page.css';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { useFormats } from '../src/text/formats.ts';
import { speak } from '../src/text/languages.ts';
import { prepareAnnouncements } from '../src/ui/announce.ts';
import { Toasts } from '../src/ui/toasts.tsx';
import { FailurePage } from './failure-page.tsx';
import { FramePage } from './frame-page.tsx';
import { PartsPage } from './parts-page.tsx';

const query = new URLSearchParams(location.search);
const pages = { parts: PartsPage, frame: FramePage, failure: FailurePage };
const Page = pages[(query.get('page') ?? 'parts') as keyof typeof pages];
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset.theme = theme;

function Gallery() {
  const { locale } = useFormats();
  return (
    <I18nProvider locale={locale}>
      <Page />
      <Toasts />
    </I18nProvider>
  );
}

prepareAnnouncements();
await speak();
const place = document.getElementById('root');
if (place) createRoot(place).render(<Gallery />);
