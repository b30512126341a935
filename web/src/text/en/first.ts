import { app } from './app.ts';
import { problems } from './problems.ts';
import { secondFactor } from './second-factor.ts';
import { session } from './session.ts';
import { ui } from './ui.ts';

/** What is said before the app is open; the words of its rooms come with it. */
export const first = { ui, app, problems, secondFactor, session };
