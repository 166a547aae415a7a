import type { Case } from './case.ts';
import { aboutCases } from './cases/about.ts';
import { agentCases, presetCases } from './cases/agents.ts';
import { audioCases } from './cases/audio.ts';
import { authCases } from './cases/auth.ts';
import { refusalCases } from './cases/bodies.ts';
import { conversationCases } from './cases/conversations.ts';
import { failureCases } from './cases/failures.ts';
import { fileCases } from './cases/files.ts';
import { formCases } from './cases/forms.ts';
import { httpCases } from './cases/http.ts';
import { humanInputCases } from './cases/humanInput.ts';
import { listCases } from './cases/lists.ts';
import { opinionCases } from './cases/opinions.ts';
import { runCases } from './cases/runs.ts';
import { stopCases } from './cases/stops.ts';
import { turnCases } from './cases/turns.ts';
import { variableCases } from './cases/variables.ts';

/** What every Dify server does, one row each. */
export const cases: readonly Case[] = [
  ...authCases,
  ...httpCases,
  ...refusalCases,
  ...aboutCases,
  ...turnCases,
  ...conversationCases,
  ...formCases,
  ...listCases,
  ...opinionCases,
  ...variableCases,
  ...stopCases,
  ...fileCases,
  ...audioCases,
  ...agentCases,
  ...presetCases,
  ...runCases,
  ...humanInputCases,
  ...failureCases,
];
