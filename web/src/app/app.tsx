import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, useEffect } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { Router, useLocation } from 'wouter';
import { queries } from '../api/queries.ts';
import { SessionGate } from '../session/session-gate.tsx';
import { useFormats } from '../text/formats.ts';
import { speakAll } from '../text/languages.ts';
import { ErrorBoundary } from '../ui/error-page.tsx';
import { guardedNavigation } from '../ui/leave-guard.ts';
import { Toasts } from '../ui/toast.tsx';

// Fetched while the safe is asked who is signed in: nobody waits for one after the other.
const code = import('./inside.tsx');
const Inside = lazy(async () => {
  const [{ Inside }] = await Promise.all([code, speakAll()]);
  return { default: Inside };
});

export function App() {
  useEffect(() => void speakAll(), []);
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
        <ErrorBoundary resetBy="" homeHref="/">
          <SessionGate>
            <Inside />
          </SessionGate>
        </ErrorBoundary>
        <Toasts />
      </RouterProvider>
    </I18nProvider>
  );
}
