import { app } from './app.ts';
import { problems } from './problems.ts';
import { secondFactor } from './second-factor.ts';
import { session } from './session.ts';
import { ui } from './ui.ts';

/** O que se diz antes de o aplicativo abrir; as palavras de cada área vêm com ele. */
export const first = { ui, app, problems, secondFactor, session };
