import { QueryClientProvider } from '@tanstack/react-query';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { Router, useLocation } from 'wouter';
import { queries } from '../api/queries.ts';
import { SessionGate } from '../session/session-gate.tsx';
import { useFormats } from '../text/formats.ts';
import { guardedNavigation } from '../ui/leave-guard.ts';
import { Toasts } from '../ui/toast.tsx';
import { Frame } from './frame.tsx';
import { Routes } from './routes.tsx';

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Router aroundNav={guardedNavigation}>
        <Screens />
      </Router>
    </QueryClientProvider>
  );
}

/** React Aria's links and menus change the screen through our router, and its words and dates are of our language. */
function Screens() {
  const [, navigate] = useLocation();
  const { locale } = useFormats();
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={(path) => navigate(path)}>
        <SessionGate>
          <Frame>
            <Routes />
          </Frame>
        </SessionGate>
        <Toasts />
      </RouterProvider>
    </I18nProvider>
  );
}
