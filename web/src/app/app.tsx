import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { Router, useLocation } from 'wouter';
import { queries } from '../api/queries.ts';
import { SessionGate } from '../session/session-gate.tsx';
import { wasIn } from '../session/was-in.ts';
import { useFormats } from '../text/formats.ts';
import { speakMore } from '../text/languages.ts';
import { ErrorBoundary } from '../ui/error-page.tsx';
import { guardedNavigation } from '../ui/leave-guard.ts';
import { Toasts } from '../ui/toasts.tsx';

let code: Promise<{ default: () => ReactNode }> | undefined;
const fetchInside = () => {
  code ??= Promise.all([import('./inside.tsx'), speakMore('home')]).then(([file]) => ({ default: file.Inside }));
  return code;
};
const Inside = lazy(fetchInside);
// Nobody waits for one after the other: who was signed in is so again most of the time, and who begins to type will be.
if (wasIn()) void fetchInside();
else for (const event of ['keydown', 'pointerdown']) addEventListener(event, fetchInside, { once: true });

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
