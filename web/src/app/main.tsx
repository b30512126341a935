import '../ui/tokens.css';
import '../ui/page.css';
import { createRoot } from 'react-dom/client';
import { speak } from '../text/languages.ts';
import { prepareAnnouncements } from '../ui/announce.ts';
import { prepareLeaveGuard } from '../ui/leave-guard.ts';
import { App } from './app.tsx';

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the app.');
prepareAnnouncements();
prepareLeaveGuard();
await speak();
createRoot(place).render(<App />);
