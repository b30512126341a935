import { Frame } from './frame.tsx';
import { Routes } from './routes.tsx';

/** The app for whom is signed in. */
export function Inside() {
  return (
    <Frame>
      <Routes />
    </Frame>
  );
}
